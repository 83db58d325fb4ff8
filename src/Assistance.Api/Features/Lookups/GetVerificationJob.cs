using Assistance.Api.Data;
using Assistance.Api.Features.Reference;
using Assistance.Api.Http;
using Assistance.Api.Security;
using Assistance.Domain.Lookups;
using Assistance.Domain.Shared;

namespace Assistance.Api.Features.Lookups;

/// <summary>A bulk re-check of awards in payment.</summary>
public record VerificationJobItem
{
    public required Guid JobId { get; init; }

    public required string DivisionCode { get; init; }

    public required string Division { get; init; }

    /// <summary>Absent for all programmes.</summary>
    public Programme? Programme { get; init; }

    public required VerificationJobState State { get; init; }

    public required string Reasons { get; init; }

    public required DateTimeOffset RequestedAt { get; init; }

    /// <summary>When listing its cases began; absent before.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When the last of its cases was over.</summary>
    public DateTimeOffset? FinishedAt { get; init; }
}

/// <summary>A bulk re-check with its progress: cases, persons and look-ups.</summary>
public sealed record VerificationJobResponse : VerificationJobItem
{
    public required LegalBasisResponse LegalBasis { get; init; }

    /// <summary>Cases in all; absent until all are listed.</summary>
    public int? Total { get; init; }

    /// <summary>Cases that are over with a result: nothing changed, something changed, or nobody to ask.</summary>
    public required int Done { get; init; }

    /// <summary>Cases of those done in which something that matters has changed.</summary>
    public required int Changed { get; init; }

    /// <summary>Cases that are over, of which not every department answered and no change is seen.</summary>
    public required int Failed { get; init; }

    /// <summary>Cases that were not begun when the job was cancelled.</summary>
    public required int Cancelled { get; init; }

    /// <summary>Listed cases that are not over yet.</summary>
    public required int Remaining { get; init; }

    /// <summary>Cases of those remaining that wait for departments which answer later.</summary>
    public required int Awaiting { get; init; }

    /// <summary>Persons of the cases that are over.</summary>
    public required int Persons { get; init; }

    /// <summary>Look-ups of the cases that are over which were answered, "no record" included.</summary>
    public required int LookupsAnswered { get; init; }

    /// <summary>Look-ups of the cases that are over which brought no answer.</summary>
    public required int LookupsFailed { get; init; }

    /// <summary>Cases over a minute, by the last minutes; absent unless it is running.</summary>
    public double? CasesPerMinute { get; init; }

    /// <summary>When it will be finished at this rate; absent where that cannot be told.</summary>
    public DateTimeOffset? ExpectedEndAt { get; init; }
}

/// <summary>Tells of bulk re-checks and how far they have come.</summary>
public sealed class GetVerificationJob(Database database, ReferenceStore reference, TimeProvider time)
{
    private static readonly TimeSpan RateOver = TimeSpan.FromMinutes(5);

    /// <summary>The jobs within the officer's division, and those that it is part of, the oldest first.</summary>
    public async Task<Page<VerificationJobItem>> ListAsync(string? after, int? take, Officer officer, CancellationToken cancellation)
    {
        var (cursor, size) = Paging.Parse(after, take);
        var rows = await database.ReadAsync(session => VerificationJobRepository.PageAsync(session, officer, cursor, size + 1), cancellation);
        return Paging.Of(rows, size, Item, row => row.JobId);
    }

    /// <returns>The job with its version; null where there is none for the officer.</returns>
    public async Task<(VerificationJobResponse Job, int Version)?> HandleAsync(Guid id, Officer officer, Language language, CancellationToken cancellation)
    {
        var now = time.Now;
        return await database.ReadAsync(
            async session =>
            {
                if (await VerificationJobRepository.FindAsync(session, id, officer) is not { } job)
                {
                    return ((VerificationJobResponse, int)?)null;
                }

                // Not further back than it runs: a young job's rate is that of its own time.
                var since = job.StartedAt > now - RateOver ? job.StartedAt.Value : now - RateOver;
                var finished = job.JobState == VerificationJobState.Running ? await VerificationJobRepository.FinishedSinceAsync(session, id, since) : 0;
                return (Response(job, await VerificationJobRepository.ProgressAsync(session, id), finished, now - since, now, language), job.Version);
            },
            cancellation);
    }

    private VerificationJobResponse Response(
        VerificationJobRow job, IReadOnlyList<JobProgressRow> progress, int finished, TimeSpan over, DateTimeOffset now, Language language)
    {
        var item = Item(job);
        var ended = progress.Where(row => row.JobRowState.IsOver).ToList();
        var remaining = progress.Where(row => !row.JobRowState.IsOver).Sum(row => row.CaseCount);
        double? rate = job.JobState == VerificationJobState.Running && over > TimeSpan.Zero ? Math.Round(finished / over.TotalMinutes, 1) : null;
        return new VerificationJobResponse
        {
            JobId = item.JobId,
            DivisionCode = item.DivisionCode,
            Division = item.Division,
            Programme = item.Programme,
            State = item.State,
            Reasons = item.Reasons,
            RequestedAt = item.RequestedAt,
            StartedAt = item.StartedAt,
            FinishedAt = item.FinishedAt,
            LegalBasis = LegalBasisResponse.Of(reference.Current.LegalBasis(LegalBases.PeriodicReview, ChinaTime.DayOf(job.RequestedAt)), language),
            Total = job.IsListed || job.FinishedAt is not null ? progress.Sum(row => row.CaseCount) : null,
            Done = Count(VerificationJobRowState.Unchanged, VerificationJobRowState.Changed, VerificationJobRowState.NobodyToAsk),
            Changed = Count(VerificationJobRowState.Changed),
            Failed = Count(VerificationJobRowState.Failed),
            Cancelled = Count(VerificationJobRowState.Cancelled),
            Remaining = remaining,
            Awaiting = Count(VerificationJobRowState.Awaiting),
            Persons = ended.Sum(row => row.PersonCount),
            LookupsAnswered = ended.Sum(row => row.AnsweredCount),
            LookupsFailed = ended.Sum(row => row.FailedCount),
            CasesPerMinute = rate,
            ExpectedEndAt = job.IsListed && rate > 0 ? now.AddMinutes(remaining / rate.Value).ToOffset(ChinaTime.Offset) : null,
        };

        int Count(params ReadOnlySpan<VerificationJobRowState> states)
        {
            var sum = 0;
            foreach (var state in states)
            {
                sum += progress.FirstOrDefault(row => row.JobRowState == state)?.CaseCount ?? 0;
            }

            return sum;
        }
    }

    private VerificationJobItem Item(VerificationJobRow job) => new()
    {
        JobId = job.JobId,
        DivisionCode = job.DivisionCode,
        Division = reference.Current.FullDivisionName(job.DivisionCode),
        Programme = job.Programme,
        State = job.JobState,
        Reasons = job.Reasons,
        RequestedAt = job.RequestedAt.ToOffset(ChinaTime.Offset),
        StartedAt = job.StartedAt?.ToOffset(ChinaTime.Offset),
        FinishedAt = job.FinishedAt?.ToOffset(ChinaTime.Offset),
    };
}
