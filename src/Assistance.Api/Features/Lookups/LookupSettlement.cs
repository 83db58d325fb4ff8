using System.Globalization;
using System.Security.Cryptography;
using Assistance.Api.Data;
using Assistance.Api.Events;
using Assistance.Api.Features.Reference;
using Assistance.Api.Security;
using Assistance.Domain.Lookups;
using Assistance.Domain.Shared;
using Microsoft.Extensions.Options;

namespace Assistance.Api.Features.Lookups;

/// <summary>
/// Writes what came of asking a department: the state, the facts with their provenance, the body encrypted, the clock of the
/// data-sharing regulation, and the event. A query that was answered is never asked again by itself.
/// </summary>
internal sealed partial class LookupSettlement(
    PersonalDataProtector protector,
    ReferenceStore reference,
    DepartmentHealth health,
    IOptions<DepartmentOptions> options,
    TimeProvider time,
    ILogger<LookupSettlement> logger)
{
    /// <summary>Asked hourly for two days after it counts as unavailable, and then given up.</summary>
    public const int MostAttempts = 50;

    private static readonly TimeSpan UnavailableRetry = TimeSpan.FromHours(1);

    // What a department may ask to be waited for without that counting as no answer.
    private static readonly TimeSpan LongestPatience = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Never = TimeSpan.FromDays(3_650);

    /// <summary>Writes the outcome of an attempt made under a lease; nothing where the lease was lost meanwhile.</summary>
    /// <returns>What was written, for <see cref="Alert"/> after the commit.</returns>
    public async Task<LookupRow?> SettleAsync(Session session, LookupRow lookup, Attempt attempt, string owner)
    {
        var (settled, facts, body) = Outcome(lookup, attempt);
        if (!await LookupRepository.SettleAsync(session, settled, owner))
        {
            return null;
        }

        await RecordAsync(session, lookup, settled, facts, body);
        return settled;
    }

    /// <summary>
    /// Takes what a department sent on its own: late, twice, or out of order. Only an answer newer than what is there changes
    /// anything, and nothing that was cancelled comes back.
    /// </summary>
    /// <returns>What was written, for <see cref="Alert"/> after the commit.</returns>
    public async Task<LookupRow?> ReceiveAsync(Session session, LookupRow lookup, Attempt attempt)
    {
        var isNewer = attempt is not Attempt.Answered { Answer.Revision: var revision } || revision > lookup.AnswerRevision;
        if (!isNewer || lookup.LookupState == LookupState.Cancelled || !await LookupRepository.MayBeSentAsync(session, lookup.LookupId, time.Today))
        {
            return null;
        }

        var (settled, facts, body) = Outcome(lookup, attempt);
        if (settled.LookupState == LookupState.SetAside && lookup.AnsweredAt is not null)
        {
            // What stands is not undone by what cannot be believed; the operators hear of it.
            return settled;
        }

        if (!await LookupRepository.ReceiveAsync(session, settled, lookup.AnswerRevision))
        {
            // Another message came first; whether this one is newer is to be looked at again.
            return await LookupRepository.FindAsync(session, lookup.LookupId) is { } now && now.AnswerRevision != lookup.AnswerRevision
                ? await ReceiveAsync(session, now, attempt)
                : null;
        }

        await RecordAsync(session, lookup, settled, facts, body);
        return settled;
    }

    /// <summary>
    /// Tells the operators of an answer that was set aside, by source and cause alone. After the commit: a transaction may run
    /// twice, and what it wrote may not come to stand.
    /// </summary>
    /// <param name="settled">What came of the answer; null where nothing did.</param>
    public void Alert(LookupRow? settled)
    {
        if (settled is { LookupState: LookupState.SetAside, LookupCause: { } cause })
        {
            health.CountSetAside(settled.LookupSource, cause);
            LogSetAside(logger, settled.LookupSource, cause);
        }
    }

    private async Task RecordAsync(Session session, LookupRow before, LookupRow settled, IReadOnlyList<LookupFact> facts, byte[] body)
    {
        if (body.Length > 0)
        {
            await LookupAnswerRepository.KeepBodyAsync(session, settled, protector.Protect(body), time.Now, time.Today.AddDays(options.Value.BodyDays));
        }

        if (settled.AnsweredAt is not null)
        {
            await LookupAnswerRepository.ReplaceFactsAsync(session, settled, facts, isCorrection: before.AnsweredAt is not null);
        }

        // Told once: that it stays unavailable is no news at each further hour.
        if (settled.LookupState != before.LookupState || settled.AnswerRevision != before.AnswerRevision)
        {
            var told = new CaseEvent($"Lookup{settled.LookupState}", settled.BasisCode, new Dictionary<string, string>
            {
                ["source"] = settled.LookupSource.ToString(),
                ["facts"] = facts.Count.ToString(CultureInfo.InvariantCulture),
                ["cause"] = settled.LookupCause ?? "",
            });
            // What is corrected changes in every case that reuses it.
            foreach (var caseFileId in before.AnsweredAt is null ? [settled.CaseFileId] : await LookupRepository.CasesOfAsync(session, settled.LookupId))
            {
                await CaseEvents.AppendAsync(session, caseFileId, told, time.Now, officer: null);
            }
        }
    }

    private (LookupRow Settled, IReadOnlyList<LookupFact> Facts, byte[] Body) Outcome(LookupRow lookup, Attempt attempt)
    {
        var counted = WithReplyClock(lookup with { AttemptCount = lookup.AttemptCount + 1, LookupCause = null, ParkedAt = null });
        return attempt switch
        {
            Attempt.Answered { Answer: var answer, Body: var body } => Answered(counted, answer, body),
            Attempt.Taken { Receipt: var receipt } => (Taken(lookup, counted, receipt), [], []),
            Attempt.Unbelievable { Cause: var cause, Body: var body } => (SetAside(counted, cause, body), [], body),
            Attempt.Failed failed => (Unanswered(lookup, counted, failed), [], []),
            _ => throw new InvalidOperationException("An attempt brings an answer, a receipt, a failure, or something unbelievable."),
        };
    }

    private (LookupRow Settled, IReadOnlyList<LookupFact> Facts, byte[] Body) Answered(LookupRow lookup, DepartmentAnswer answer, byte[] body)
    {
        var now = time.Now;
        var validUntilOn = time.Today.AddDays(SourceOf(lookup).ValidDays);
        return FactsOf(answer, lookup, now, validUntilOn) is { } facts
            ? (Measured(lookup) with
            {
                LookupState = answer.Status == DepartmentAnswerStatus.Found ? LookupState.Answered : LookupState.NotFound,
                AnsweredAt = now,
                AnswerRevision = answer.Revision,
                ValidUntilOn = validUntilOn,
                ResponseHash = Hash(body),
            }, facts, body)
            : (SetAside(lookup, "impossible-value", body), [], body);
    }

    // The department's first answer against its clock; what it corrects later does not count again.
    private LookupRow Measured(LookupRow lookup) =>
        lookup.AnsweredMonthOn is not null || lookup.AskedAt is not { } askedAt ? lookup : lookup with
        {
            AnsweredMonthOn = new DateOnly(time.Today.Year, time.Today.Month, 1),
            AnswerDayCount = reference.Current.Calendar.CountWorkingDays(ChinaTime.DayOf(askedAt), time.Today),
            IsAnswerLate = lookup.SharingDueOn < time.Today,
        };

    // The facts of an answer with their provenance; null where one of them is impossible, or not this department's to state.
    private List<LookupFact>? FactsOf(DepartmentAnswer answer, LookupRow row, DateTimeOffset answeredAt, DateOnly validUntilOn)
    {
        var allowed = SourceOf(row).Answers;
        var facts = answer.Facts.Select(fact => new LookupFact
        {
            LookupId = row.LookupId,
            PersonId = row.PersonId,
            Source = row.LookupSource,
            Kind = fact.Kind,
            AmountFen = fact.AmountFen is { } fen ? new Money(fen) : null,
            Count = fact.Count,
            DivisionCode = fact.DivisionCode,
            FromOn = fact.FromOn,
            ToOn = fact.ToOn,
            AnsweredAt = answeredAt,
            ValidUntilOn = validUntilOn,
        }).ToList();
        return facts.TrueForAll(fact => fact.IsPlausible(time.Today) && (allowed.Count == 0 || allowed.Contains(fact.Kind))) ? facts : null;
    }

    // The second clock starts with the department's first word that it shares.
    private LookupRow Taken(LookupRow before, LookupRow lookup, DepartmentReceipt receipt)
    {
        var clock = receipt.Status == DepartmentReceiptStatus.Agreed ? SharingClock.Delivery
            : receipt.IsExtended ? SharingClock.ExtendedReply
            : SharingClock.Reply;
        var ticking = clock == lookup.SharingClock ? lookup
            : WithClock(lookup, clock, clock == SharingClock.Delivery ? time.Today : ChinaTime.DayOf(lookup.AskedAt ?? time.Now));
        var isOverdue = ticking.SharingDueOn < time.Today;
        return ticking with
        {
            LookupState = isOverdue ? LookupState.Unavailable : LookupState.Submitted,
            LookupCause = isOverdue ? "overdue" : null,
            SubmittedAt = before.SubmittedAt ?? time.Now,
            // Being told to wait is no failed attempt.
            AttemptCount = before.AttemptCount,
            DueAt = time.Now + SourceOf(lookup).PollEvery,
        };
    }

    private LookupRow SetAside(LookupRow lookup, string cause, byte[] body) => lookup with
    {
        LookupState = LookupState.SetAside,
        LookupCause = cause,
        ParkedAt = time.Now,
        ResponseHash = body.Length == 0 ? null : Hash(body),
    };

    private LookupRow Unanswered(LookupRow before, LookupRow lookup, Attempt.Failed failed)
    {
        if (lookup.SubmittedAt is not null && before.LookupState == LookupState.Submitted && !(lookup.SharingDueOn < time.Today))
        {
            // The department has it: that it cannot be reached just now is no reason to give up.
            return lookup with { AttemptCount = before.AttemptCount, LookupCause = failed.Cause, DueAt = time.Now + (failed.RetryAfter ?? SourceOf(lookup).PollEvery) };
        }

        if (failed is { IsTurnedAway: true, RetryAfter: { } patience } && patience <= LongestPatience && !(lookup.SharingDueOn < time.Today))
        {
            // Turned away and told when to come back: the department is there, and this was no attempt that failed.
            return lookup with
            {
                AttemptCount = before.AttemptCount,
                LookupCause = failed.Cause,
                DueAt = time.Now + WithJitter(patience, atLeast: 1),
                // Its clock runs on, so that it is not waited for without end.
                AskedAt = before.WasAsked ? lookup.AskedAt : null,
            };
        }

        var isLeftToAnOfficer = failed.WasSent && lookup.SubmittedAt is null && !SourceOf(lookup).IsRepeatSafe;
        var isGivenUp = isLeftToAnOfficer || lookup.AttemptCount >= options.Value.Attempts;
        var isParked = isLeftToAnOfficer || lookup.AttemptCount >= MostAttempts;
        var wait = isParked ? Never
            : isGivenUp ? UnavailableRetry
            : Earlier(failed.RetryAfter, UnavailableRetry) ?? WithJitter(options.Value.RetryDelay * Math.Pow(2, lookup.AttemptCount - 1));
        // What never left the service was not asked, and no department's clock runs for it.
        var wasAsked = failed.WasSent || before.WasAsked;
        return lookup with
        {
            LookupState = isGivenUp ? LookupState.Unavailable : lookup.LookupState,
            LookupCause = failed.Cause,
            DueAt = time.Now + wait,
            ParkedAt = isParked ? time.Now : null,
            AskedAt = wasAsked ? lookup.AskedAt : null,
            SharingClock = wasAsked ? lookup.SharingClock : null,
            SharingDueOn = wasAsked ? lookup.SharingDueOn : null,
            IsDueProvisional = wasAsked && lookup.IsDueProvisional,
        };
    }

    private LookupRow WithReplyClock(LookupRow lookup) =>
        lookup.SharingClock is not null ? lookup : WithClock(lookup, SharingClock.Reply, ChinaTime.DayOf(lookup.AskedAt ?? time.Now));

    private LookupRow WithClock(LookupRow lookup, SharingClock clock, DateOnly startedOn)
    {
        var due = reference.Current.Calendar.AddWorkingDays(startedOn, SharingClocks.WorkingDays(clock, SourceOf(lookup).Sharing));
        return lookup with { SharingClock = clock, SharingDueOn = due.On, IsDueProvisional = due.IsProvisional };
    }

    private DepartmentSource SourceOf(LookupRow lookup) => options.Value.Sources.GetValueOrDefault(lookup.LookupSource) ?? Unconfigured;

    private static readonly DepartmentSource Unconfigured = new();

    // So that a department that comes back does not meet everybody at the same moment.
    private static TimeSpan WithJitter(TimeSpan delay, double atLeast = 0.5) => delay * (atLeast + Random.Shared.NextDouble());

    private static TimeSpan? Earlier(TimeSpan? wished, TimeSpan longest) => wished > longest ? longest : wished;

    private static string Hash(byte[] body) => Convert.ToHexStringLower(SHA256.HashData(body));

    [LoggerMessage(1, LogLevel.Warning, "An answer of {Source} was set aside: {Cause}.")]
    private static partial void LogSetAside(ILogger logger, LookupSource source, string cause);
}
