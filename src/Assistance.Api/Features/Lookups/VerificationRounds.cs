using System.Collections.Frozen;
using System.Globalization;
using Assistance.Api.Data;
using Assistance.Api.Events;
using Assistance.Api.Features.Cases;
using Assistance.Api.Features.Decisions;
using Assistance.Api.Features.Households;
using Assistance.Api.Features.Intake;
using Assistance.Api.Features.Reference;
using Assistance.Api.Security;
using Assistance.Domain.Assessments;
using Assistance.Domain.Households;
using Assistance.Domain.Intake;
using Assistance.Domain.Lookups;
using Assistance.Domain.Shared;

namespace Assistance.Api.Features.Lookups;

/// <summary>
/// Spreads a round of verification into look-ups: one a person and source that the case needs an answer of, each under a
/// warrant of its own, and none where an answer is on file that still holds.
/// </summary>
internal sealed class VerificationRounds(Database database, LookupSignal signal, ReferenceStore reference, TimeProvider time)
{
    private const int Batch = 48;

    private static readonly FrozenDictionary<LookupSource, LookupRow> None = FrozenDictionary<LookupSource, LookupRow>.Empty;

    // Departments take the earliest due first: whoever stands at a window goes before a bulk job.
    private static readonly TimeSpan WaitOfJobs = TimeSpan.FromSeconds(2);

    /// <summary>Spreads what waits.</summary>
    /// <returns>How many rounds there were.</returns>
    public async Task<int> SpreadAsync(CancellationToken cancellation)
    {
        var waiting = await database.ReadAsync(session => MeansVerificationRepository.WaitingAsync(session, Batch), cancellation);
        Exception? failed = null;
        foreach (var round in waiting)
        {
            try
            {
                foreach (var source in await database.WriteAsync(session => SpreadAsync(session, round), cancellation))
                {
                    signal.Raise(source);
                }
            }
            catch (Exception exception) when (!cancellation.IsCancellationRequested)
            {
                // One that fails holds up no other; it is tried again.
                failed = exception;
            }
        }

        return failed is null ? waiting.Count : throw failed;
    }

    private async Task<IReadOnlyCollection<LookupSource>> SpreadAsync(Session session, MeansVerificationRow round)
    {
        if (!await MeansVerificationRepository.TakeUpAsync(session, round.MeansVerificationId))
        {
            return [];
        }

        var toAsk = new HashSet<LookupSource>();
        var (now, today) = (time.Now, time.Today);
        var onFile = 0;
        var asked = 0;
        foreach (var subject in await SubjectsAsync(session, round.CaseFileId, (await CaseFileRepository.GetAsync(session, round.CaseFileId)).SnapshotNumber, today))
        {
            var known = await AddAsync(session, subject, round.RoundNumber, new VerificationCause(round.Purpose, round.CausedBy, round.IsReuseAllowed, round.JobId), now);
            asked += known.Asked.Count;
            onFile += known.OnFile;
            toAsk.UnionWith(known.Asked);
        }

        await RecordAsync(session, round.CaseFileId, round.RoundNumber, round.Purpose, asked, onFile, now);
        return toAsk;
    }

    /// <summary>
    /// Has every department asked that the case needs an answer of about one person, in a round of its own, so that nobody else
    /// of the case is asked about again. Where a round waits to be spread, it is the one that does.
    /// </summary>
    /// <returns>The departments that have something to be asked once this is committed.</returns>
    public async Task<IReadOnlyCollection<LookupSource>> AskAboutAsync(
        Session session, CaseFileRow caseFile, Guid personId, VerificationCause cause, DateTimeOffset now)
    {
        var today = ChinaTime.DayOf(now);
        var subject = await SubjectAsync(session, caseFile, personId, today);
        if (LookupWarrant.BarOf(subject, today) is not null || await MeansVerificationRepository.IsWaitingAsync(session, caseFile.CaseFileId))
        {
            return [];
        }

        var round = await MeansVerificationRepository.AddNextAsync(session, caseFile.CaseFileId, caseFile.SnapshotNumber, cause, now, isSpread: true);
        var (asked, onFile) = await AddAsync(session, subject, round, cause, now);
        await RecordAsync(session, caseFile.CaseFileId, round, cause.Purpose, asked.Count, onFile, now);
        return asked;
    }

    /// <summary>
    /// Has one department asked anew about one person, in a round of its own, so that nothing confirmed elsewhere is asked again.
    /// Nothing where it is being asked anyhow, or may not be.
    /// </summary>
    /// <returns>Whether it has something to be asked once this is committed.</returns>
    public async Task<bool> AskAgainAsync(
        Session session, CaseFileRow caseFile, Guid personId, LookupSource source, VerificationCause cause, DateTimeOffset now)
    {
        var today = ChinaTime.DayOf(now);
        var subject = await SubjectAsync(session, caseFile, personId, today);
        if (LookupWarrant.BarOf(subject, source, today) is not null || await IsUnderWayAsync(session, caseFile.CaseFileId, personId, source))
        {
            return false;
        }

        await AskOneAsync(session, caseFile, LookupWarrant.For(subject, source, cause.Purpose, cause.CausedBy, today), cause, now, officer: null);
        return true;
    }

    /// <summary>Whether a department has still to answer about a person, or a round of the case waits to be spread.</summary>
    public static async Task<bool> IsUnderWayAsync(Session session, Guid caseFileId, Guid personId, LookupSource source) =>
        await MeansVerificationRepository.IsWaitingAsync(session, caseFileId)
        || (await LookupRepository.OfCaseAsync(session, caseFileId)).Any(lookup =>
            lookup.PersonId == personId && lookup.LookupSource == source && !LookupSources.IsSettled(lookup.LookupState));

    /// <summary>Adds what a warrant allows as a round of its own.</summary>
    public static async Task<(Guid LookupId, int Round)> AskOneAsync(
        Session session, CaseFileRow caseFile, LookupWarrant warrant, VerificationCause cause, DateTimeOffset now, Officer? officer)
    {
        var round = await MeansVerificationRepository.AddNextAsync(session, caseFile.CaseFileId, caseFile.SnapshotNumber, cause, now, isSpread: true);
        var lookupId = await LookupRepository.AddAsync(session, warrant, round, onFile: null, now);
        await CaseEvents.AppendAsync(session, caseFile.CaseFileId, new CaseEvent("DepartmentAsked", warrant.BasisCode, new Dictionary<string, string>
        {
            ["round"] = Text(round),
            ["source"] = warrant.Source.ToString(),
        }), now, officer);
        return (lookupId, round);
    }

    /// <summary>One person as the case lets departments be asked about them; somebody who is not of the case at all, too.</summary>
    public async Task<LookupSubject> SubjectAsync(Session session, CaseFileRow caseFile, Guid personId, DateOnly today) =>
        (await SubjectsAsync(session, caseFile.CaseFileId, caseFile.SnapshotNumber, today)).FirstOrDefault(subject => subject.PersonId == personId)
        ?? new LookupSubject
        {
            CaseFileId = caseFile.CaseFileId,
            PersonId = personId,
            IsCaseOpen = (await CaseEnding.OpenAsync(session, caseFile.CaseFileId)).Count > 0,
            IsOfTheCase = false,
            NeededSources = [],
        };

    /// <summary>What keeps a case's awards from being reviewed, with nobody who may be asked about; null where there is somebody.</summary>
    public async Task<string?> BarOfReviewAsync(Session session, CaseFileRow caseFile)
    {
        if ((await AwardRepository.InPaymentAsync(session, caseFile.CaseFileId)).Count == 0)
        {
            return nameof(LookupBar.CaseClosed);
        }

        var today = time.Today;
        var bars = (await SubjectsAsync(session, caseFile.CaseFileId, caseFile.SnapshotNumber, today))
            .Where(subject => subject.NeededSources.Count > 0).Select(subject => LookupWarrant.BarOf(subject, today)).ToList();
        return bars.Count == 0 ? "NoIdentityNumber" : bars.Contains(null) ? null : bars[0].ToString();
    }

    // Who may not be asked about is no fault of the round: the items say what is missing.
    private static async Task<(IReadOnlyList<LookupSource> Asked, int OnFile)> AddAsync(
        Session session, LookupSubject subject, int round, VerificationCause cause, DateTimeOffset now)
    {
        var today = ChinaTime.DayOf(now);
        var asked = new List<LookupSource>();
        var onFile = 0;
        IReadOnlyList<LookupSource> sources = LookupWarrant.BarOf(subject, today) is null ? subject.NeededSources : [];
        var answers = cause.IsReuseAllowed && sources.Count > 0 ? await LookupRepository.OnFileAsync(session, subject.PersonId, today) : None;
        foreach (var source in sources)
        {
            var warrant = LookupWarrant.For(subject, source, cause.Purpose, cause.CausedBy, today);
            var known = answers.GetValueOrDefault(source);
            await LookupRepository.AddAsync(session, warrant, round, known, now, cause.JobId is null ? now : now + WaitOfJobs);
            if (known is null)
            {
                asked.Add(source);
            }
            else
            {
                onFile++;
            }
        }

        return (asked, onFile);
    }

    private static async Task RecordAsync(Session session, Guid caseFileId, int round, LookupPurpose purpose, int asked, int onFile, DateTimeOffset now)
    {
        if (asked + onFile > 0)
        {
            await ApplicationRepository.MeetClockOfCaseAsync(session, caseFileId, ProcedureClocks.StartVerification, ChinaTime.DayOf(now));
        }

        await CaseEvents.AppendAsync(session, caseFileId, new CaseEvent("LookupsRequested", LookupWarrant.BasisOf(purpose), new Dictionary<string, string>
        {
            ["round"] = Text(round),
            ["lookups"] = Text(asked),
            ["onFile"] = Text(onFile),
        }), now, officer: null);
    }

    /// <summary>Everybody of the case, and which departments it needs an answer of about them: none of who has no identity number.</summary>
    private async Task<IEnumerable<LookupSubject>> SubjectsAsync(Session session, Guid caseFileId, int snapshotNumber, DateOnly today)
    {
        var household = await HouseholdRepository.GetAsync(session, caseFileId, snapshotNumber);
        var consents = await ConsentRepository.NewestAsync(session, caseFileId);
        var programmes = (await CaseEnding.OpenAsync(session, caseFileId)).Select(application => application.Programme).ToHashSet();
        var itemTypes = reference.Current.ItemTypes(today).Where(type => type.AnsweredBy is not null && type.Programmes.Any(programmes.Contains)).ToList();
        var composition = HouseholdComposition.Of(household, today, reference.Current.Parameters.Number(ParameterCodes.LongAbsenceMonths, today));
        // Who does not count is not looked up (Act art. 70(6)). Of a member reported dead only the death itself is asked.
        var members = household.Members.Select(member => Subject(
            member.PersonId,
            composition.StandingOf(member.PersonId) != Standing.DoesNotCount,
            member.HasIdentityNumber,
            itemTypes.Where(type => member.DiedOn is null && type.Concerns(household, today, residenceDiffers: false).Contains(member))));
        // An obligor is asked about income and property, with a consent of their own (Act art. 41), and about nothing else.
        var means = itemTypes.Where(type => LookupSources.TellsMeans(type.AnsweredBy!.Value)).ToList();
        var obligors = household.Obligors.Select(obligor => Subject(
            obligor.PersonId,
            isOfTheCase: true,
            obligor.HasIdentityNumber,
            needing: []) with
        {
            IsObligor = true,
            NeededSources = obligor.HasIdentityNumber
                ? [.. means.Where(type => type.Circumstance == Domain.Disclosures.ItemCircumstance.EachMember).Select(type => type.AnsweredBy!.Value).Distinct().Order()]
                : [],
        });
        return members.Concat(obligors);

        LookupSubject Subject(Guid personId, bool isOfTheCase, bool hasNumber, IEnumerable<Domain.Disclosures.DisclosureItemType> needing) => new()
        {
            CaseFileId = caseFileId,
            PersonId = personId,
            IsCaseOpen = programmes.Count > 0,
            IsOfTheCase = isOfTheCase,
            NeededSources = hasNumber ? [.. needing.Select(type => type.AnsweredBy!.Value).Append(LookupSource.Death).Distinct().Order()] : [],
            Consent = consents.GetValueOrDefault(personId),
        };
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
