using System.Globalization;
using Assistance.Api.Data;
using Assistance.Api.Events;
using Assistance.Api.Features.Cases;
using Assistance.Api.Features.Reference;
using Assistance.Domain.Assessments;
using Assistance.Domain.Lookups;
using Assistance.Domain.Shared;

namespace Assistance.Api.Features.Lookups;

/// <summary>
/// Moves the re-check of one case on, each step in a transaction of its own that says from which state it moves, so that
/// nothing is done twice whoever does it.
/// </summary>
internal sealed class AwardRechecks(VerificationRounds rounds, ReferenceStore reference, TimeProvider time)
{
    /// <summary>
    /// Begins a case: its next round of look-ups, or the end of the matter where nobody can be asked. A case of which something
    /// is being asked already is left for later.
    /// </summary>
    /// <returns>Whether it is no longer waiting.</returns>
    public async Task<bool> BeginAsync(Session session, Guid jobId, Guid caseFileId)
    {
        if (await VerificationJobRepository.FindAsync(session, jobId) is not { JobState: VerificationJobState.Running } job || await IsBusyAsync(session, caseFileId))
        {
            return false;
        }

        var (now, caseFile) = (time.Now, await CaseFileRepository.GetAsync(session, caseFileId));
        if (await rounds.BarOfReviewAsync(session, caseFile) is { } bar)
        {
            return await EndAsync(session, jobId, caseFileId, VerificationJobRowState.Waiting, VerificationJobRowState.NobodyToAsk, bar);
        }

        var round = await MeansVerificationRepository.AddNextAsync(session, caseFileId, caseFile.SnapshotNumber,
            new VerificationCause(LookupPurpose.AwardReview, job.RequestedBy, IsReuseAllowed: false, jobId), now);
        var begun = new VerificationJobCaseRow
        {
            JobId = jobId,
            CaseFileId = caseFileId,
            JobRowState = VerificationJobRowState.Asking,
            RoundNumber = round,
            BegunAt = now,
        };
        return await VerificationJobRepository.MoveRowAsync(session, begun, VerificationJobRowState.Waiting)
            ? true
            // The round must not stay without its row.
            : throw new InvalidOperationException("The case was begun by another instance.");
    }

    /// <summary>Lets a case wait for departments that answer later, without a place among those under way.</summary>
    public static Task<bool> SetAsideAsync(Session session, Guid jobId, Guid caseFileId) => VerificationJobRepository.MoveRowAsync(
        session,
        new VerificationJobCaseRow { JobId = jobId, CaseFileId = caseFileId, JobRowState = VerificationJobRowState.Awaiting },
        VerificationJobRowState.Asking);

    /// <summary>Closes a case whose departments have all had their say, with what has changed (57 art. 31).</summary>
    public async Task<bool> CloseAsync(Session session, Guid jobId, Guid caseFileId, int round, VerificationJobRowState from)
    {
        var lookups = await LookupRepository.OfCaseAsync(session, caseFileId);
        var fresh = lookups.Where(lookup => lookup.RoundNumber == round).Select(LookupRepository.StandingOf).ToList();
        if (fresh.Count == 0)
        {
            // Somebody could be asked about when it was begun, and nobody any more when the round was spread.
            var bar = await rounds.BarOfReviewAsync(session, await CaseFileRepository.GetAsync(session, caseFileId));
            return await EndAsync(session, jobId, caseFileId, from, VerificationJobRowState.NobodyToAsk, bar);
        }

        var (now, today) = (time.Now, time.Today);
        var former = lookups.Where(lookup => lookup.RoundNumber < round).Select(LookupRepository.StandingOf).ToList();
        var changes = FactChanges.Between(former, fresh, await LookupAnswerRepository.FactsAsync(session, caseFileId), today, new NoticeableChange(
            Amount(ParameterCodes.NoticeableMonthlyChange, today), Amount(ParameterCodes.NoticeableAssetsChange, today)));
        var failed = fresh.Count(lookup => !lookup.IsAnswer);
        var row = new VerificationJobCaseRow
        {
            JobId = jobId,
            CaseFileId = caseFileId,
            JobRowState = VerificationJobRowStates.Of(changes.Count, failed),
            PersonCount = fresh.DistinctBy(lookup => lookup.PersonId).Count(),
            AnsweredCount = fresh.Count - failed,
            FailedCount = failed,
            ChangedCount = changes.Count,
            FinishedAt = now,
        };
        if (!await VerificationJobRepository.MoveRowAsync(session, row, from))
        {
            return false;
        }

        await CaseEvents.AppendAsync(session, caseFileId, new CaseEvent($"Recheck{row.JobRowState}", LegalBases.PeriodicReview, new Dictionary<string, string>
        {
            ["changed"] = Text(row.ChangedCount),
            ["failed"] = Text(row.FailedCount),
        }), now, officer: null);
        return true;
    }

    /// <summary>Ends a case without a look-up.</summary>
    public Task<bool> EndAsync(
        Session session, Guid jobId, Guid caseFileId, VerificationJobRowState from, VerificationJobRowState state, string? cause) =>
        VerificationJobRepository.MoveRowAsync(
            session,
            new VerificationJobCaseRow { JobId = jobId, CaseFileId = caseFileId, JobRowState = state, JobRowCause = cause, FinishedAt = time.Now },
            from);

    private static async Task<bool> IsBusyAsync(Session session, Guid caseFileId) =>
        await MeansVerificationRepository.IsWaitingAsync(session, caseFileId)
        || (await LookupRepository.OfCaseAsync(session, caseFileId)).Any(lookup => !LookupSources.IsSettled(lookup.LookupState));

    private Money Amount(string code, DateOnly today) => new(reference.Current.Parameters.InForce(code, today).Value);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
