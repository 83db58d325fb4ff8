using System.Globalization;
using System.Security.Cryptography;
using Assistance.Api.Data;
using Assistance.Api.Events;
using Assistance.Api.Features.Households;
using Assistance.Api.Features.Intake;
using Assistance.Api.Features.Reference;
using Assistance.Api.Security;
using Assistance.Domain.Assessments;
using Assistance.Domain.Households;
using Assistance.Domain.Intake;
using Assistance.Domain.Lookups;
using Assistance.Domain.Shared;
using Microsoft.Extensions.Options;

namespace Assistance.Api.Features.Lookups;

/// <summary>
/// Runs the look-ups after commit, from durable rows: spreads each round of verification into one look-up a person and
/// source, claims what is due under a lease, asks the departments side by side, and writes each result in its own
/// transaction. Whatever a crash interrupts is claimed again once its lease has ended.
/// </summary>
internal sealed partial class LookupWorker(
    Database database,
    DepartmentClient departments,
    PersonalDataProtector protector,
    LookupSignal signal,
    ReferenceStore reference,
    IOptions<DepartmentOptions> options,
    TimeProvider time,
    ILogger<LookupWorker> logger) : BackgroundService
{
    private const int Batch = 48;
    private const string Purpose = "MeansVerification";

    // Asked hourly for two days after it counts as unavailable.
    private const int MostAttempts = 50;
    private static readonly TimeSpan UnavailableRetry = TimeSpan.FromHours(1);
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(500);

    private readonly string owner = $"{Environment.MachineName[..Math.Min(24, Environment.MachineName.Length)]}-{Guid.NewGuid():N}";

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (options.Value.RunsLookups && !stoppingToken.IsCancellationRequested)
        {
            try
            {
                var worked = await SpreadAsync(stoppingToken) + await AskAsync(stoppingToken);
                if (worked == 0)
                {
                    await signal.WaitAsync(Poll, stoppingToken);
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                LogFailed(logger, exception.GetType().Name);
                await Task.Delay(Poll, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task<int> SpreadAsync(CancellationToken cancellation)
    {
        var waiting = await database.ReadAsync(session => MeansVerificationRepository.WaitingAsync(session, Batch), cancellation);
        foreach (var round in waiting)
        {
            await database.WriteAsync(session => SpreadAsync(session, round), cancellation);
        }

        return waiting.Count;
    }

    private async Task SpreadAsync(Session session, MeansVerificationRow round)
    {
        if (!await MeansVerificationRepository.TakeUpAsync(session, round.MeansVerificationId))
        {
            return;
        }

        var now = time.Now;
        var household = await HouseholdRepository.GetAsync(session, round.CaseFileId, round.SnapshotNumber);
        var consents = (await ConsentRepository.ValidAsync(session, round.CaseFileId)).ToLookup(consent => consent.PersonId);
        var lookups = 0;
        var today = ChinaTime.DayOf(now);
        var sources = await SourcesAsync(session, round.CaseFileId, today);
        var composition = HouseholdComposition.Of(household, today, reference.Current.Parameters.Number(ParameterCodes.LongAbsenceMonths, today));
        // Who does not count is not looked up (Act art. 70(6)). Of a member reported dead only the death itself is asked. An
        // obligor is asked about with a consent of their own (Act art. 41).
        var asked = household.Members.Where(member => member.HasIdentityNumber && composition.StandingOf(member.PersonId) != Standing.DoesNotCount)
            .Select(member => (member.PersonId, Sources: member.DiedOn is null ? sources : [LookupSource.Death]))
            .Concat(household.Obligors.Where(obligor => obligor.HasIdentityNumber).Select(obligor => (obligor.PersonId, Sources: sources)));
        foreach (var (personId, ofPerson) in asked)
        {
            if (consents[personId].LastOrDefault() is not { } consent)
            {
                continue;
            }

            foreach (var source in ofPerson)
            {
                lookups++;
                await LookupRepository.AddAsync(session, new LookupRow
                {
                    LookupId = Guid.CreateVersion7(now),
                    CaseFileId = round.CaseFileId,
                    RoundNumber = round.RoundNumber,
                    PersonId = personId,
                    LookupSource = source,
                    Purpose = Purpose,
                    BasisCode = LegalBases.DepartmentsVerify,
                    ConsentId = consent.ConsentId,
                    LookupState = LookupState.Pending,
                    DueAt = now,
                });
            }
        }

        if (lookups > 0)
        {
            await ApplicationRepository.MeetClockOfCaseAsync(session, round.CaseFileId, "StartVerification", today);
        }

        await CaseEvents.AppendAsync(session, round.CaseFileId, new CaseEvent("LookupsRequested", LegalBases.DepartmentsVerify, new Dictionary<string, string>
        {
            ["round"] = Text(round.RoundNumber),
            ["lookups"] = Text(lookups),
        }), now, officer: null);
    }

    // What the programmes applied for or in payment need an answer to, and no more; and whether anybody has died.
    private async Task<IReadOnlyList<LookupSource>> SourcesAsync(Session session, Guid caseFileId, DateOnly today)
    {
        var programmes = (await ApplicationRepository.OfCaseAsync(session, caseFileId))
            .Where(application => application.ApplicationState.IsOpen || application.ApplicationState == ApplicationState.Granted)
            .Select(application => application.Programme).ToHashSet();
        var needed = reference.Current.ItemTypes(today)
            .Where(type => type.Programmes.Any(programmes.Contains))
            .Select(type => type.AnsweredBy).OfType<LookupSource>();
        return [.. needed.Append(LookupSource.Death).Distinct().Order()];
    }

    private async Task<int> AskAsync(CancellationToken cancellation)
    {
        var claimed = await database.WriteAsync(
            session => LookupRepository.ClaimAsync(session, owner, time.Now, options.Value.Lease, Batch), cancellation);
        await Task.WhenAll(claimed.Select(lookup => AskAsync(lookup, cancellation)));
        return claimed.Count;
    }

    private async Task AskAsync(LookupRow lookup, CancellationToken cancellation)
    {
        Attempt attempt;
        try
        {
            attempt = await AttemptAsync(lookup, cancellation);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // Counted like any attempt, so that no fault of ours asks a department about somebody for ever.
            LogFailed(logger, exception.GetType().Name);
            attempt = new Attempt.Failed("internal");
        }

        await database.WriteAsync(session => SettleAsync(session, lookup, attempt), CancellationToken.None);
    }

    private async Task<Attempt> AttemptAsync(LookupRow lookup, CancellationToken cancellation)
    {
        var person = (await database.ReadAsync(session => PersonRepository.OfCaseAsync(session, lookup.CaseFileId), cancellation))[lookup.PersonId];
        return await departments.AskAsync(
            new DepartmentQuery
            {
                QueryId = lookup.LookupId,
                Source = lookup.LookupSource,
                IdentityNumber = protector.UnprotectIdentityNumber(person.IdentityCipher!).Value,
                Name = person.PersonName,
                Purpose = lookup.Purpose,
                LegalBasis = lookup.BasisCode,
                ConsentId = lookup.ConsentId,
            },
            cancellation);
    }

    private async Task SettleAsync(Session session, LookupRow lookup, Attempt attempt)
    {
        var now = time.Now;
        var (settled, facts, body) = Outcome(lookup with { AttemptCount = lookup.AttemptCount + 1, LookupCause = null }, attempt, now);
        if (!await LookupRepository.SettleAsync(session, settled, owner, body.Length == 0 ? null : protector.Protect(body)))
        {
            return;
        }

        for (var i = 0; i < facts.Count; i++)
        {
            await LookupRepository.AddFactAsync(session, i + 1, facts[i]);
        }

        // Told once: that it stays unavailable is no news at each further hour.
        if (LookupSources.IsSettled(settled.LookupState) && settled.LookupState != lookup.LookupState)
        {
            await CaseEvents.AppendAsync(session, lookup.CaseFileId, new CaseEvent($"Lookup{settled.LookupState}", settled.BasisCode, new Dictionary<string, string>
            {
                ["source"] = settled.LookupSource.ToString(),
                ["facts"] = Text(facts.Count),
                ["cause"] = settled.LookupCause ?? "",
            }), now, officer: null);
        }
    }

    private (LookupRow Settled, IReadOnlyList<LookupFact> Facts, byte[] Body) Outcome(LookupRow lookup, Attempt attempt, DateTimeOffset now)
    {
        switch (attempt)
        {
            case Attempt.Answered { Answer: var answer, Body: var body }:
                var validUntilOn = ChinaTime.DayOf(now).AddDays(options.Value.Sources[lookup.LookupSource].ValidDays);
                return DepartmentClient.FactsOf(answer, lookup, now, validUntilOn) is { } facts
                    ? (lookup with
                    {
                        LookupState = answer.Status == DepartmentAnswerStatus.Found ? LookupState.Answered : LookupState.NotFound,
                        AnsweredAt = now,
                        ValidUntilOn = validUntilOn,
                        ResponseHash = Hash(body),
                    }, facts, body)
                    : (SetAside(lookup, "impossible-value", body), [], body);
            case Attempt.Unbelievable unbelievable:
                return (SetAside(lookup, unbelievable.Cause, unbelievable.Body), [], unbelievable.Body);
            default:
                return (Unanswered(lookup, (Attempt.Failed)attempt, now), [], []);
        }
    }

    private static LookupRow SetAside(LookupRow lookup, string cause, byte[] body) =>
        lookup with { LookupState = LookupState.SetAside, LookupCause = cause, ResponseHash = body.Length == 0 ? null : Hash(body) };

    private LookupRow Unanswered(LookupRow lookup, Attempt.Failed failed, DateTimeOffset now)
    {
        var isGivenUp = lookup.AttemptCount >= options.Value.Attempts;
        var wait = lookup.AttemptCount >= MostAttempts ? TimeSpan.FromDays(3_650)
            : isGivenUp ? UnavailableRetry
            : failed.RetryAfter ?? options.Value.RetryDelay * Math.Pow(2, lookup.AttemptCount - 1);
        return lookup with
        {
            LookupState = isGivenUp ? LookupState.Unavailable : lookup.LookupState,
            LookupCause = failed.Cause,
            DueAt = now + wait,
        };
    }

    private static string Hash(byte[] body) => Convert.ToHexStringLower(SHA256.HashData(body));

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    [LoggerMessage(1, LogLevel.Error, "Look-up work failed with {Exception} and is tried again.")]
    private static partial void LogFailed(ILogger logger, string exception);
}
