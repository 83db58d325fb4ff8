using Assistance.Api.Data;
using Assistance.Domain.Postings;

namespace Assistance.Api.Features.HomeVisits;

internal sealed class ComplaintRow
{
    public Guid ComplaintId { get; init; }

    public Guid CaseFileId { get; init; }

    /// <summary>The application in whose procedure it was recorded; it holds for the whole case.</summary>
    public Guid ApplicationId { get; init; }

    public DateOnly ReceivedOn { get; init; }

    public ReceivedWay ReceivedWay { get; init; }

    /// <summary>Who complained, encrypted; null where nobody said who they are.</summary>
    public byte[]? SenderCipher { get; init; }

    public string Statement { get; init; } = "";

    public DateTimeOffset RecordedAt { get; init; }

    public string RecordedBy { get; init; } = "";
}

/// <summary>Complaints about a household that applies (投诉、举报, 57 art. 20(2) and 37).</summary>
internal static class ComplaintRepository
{
    private const string AddSql = """
        INSERT INTO Complaint (ComplaintId, CaseFileId, ApplicationId, ReceivedOn, ReceivedWay, SenderCipher, Statement, RecordedAt, RecordedBy)
        VALUES (@ComplaintId, @CaseFileId, @ApplicationId, @ReceivedOn, @ReceivedWay, @SenderCipher, @Statement, @RecordedAt, @RecordedBy)
        """;

    public static Task AddAsync(Session session, ComplaintRow row) => session.ExecuteAsync(AddSql, row);

    private const string PageSql = """
        SELECT ComplaintId, CaseFileId, ApplicationId, ReceivedOn, ReceivedWay, SenderCipher, Statement, RecordedAt, RecordedBy
        FROM Complaint WHERE CaseFileId = @CaseFileId AND ComplaintId > @AfterComplaintId
        ORDER BY ComplaintId
        OFFSET 0 ROWS FETCH NEXT @Take ROWS ONLY
        """;

    public static Task<IReadOnlyList<ComplaintRow>> PageAsync(Session session, Guid caseFileId, Guid after, int take) =>
        session.ListAsync<ComplaintRow>(PageSql, new { CaseFileId = caseFileId, AfterComplaintId = after, Take = take });

    private const string DaysSql = "SELECT ReceivedOn FROM Complaint WHERE CaseFileId = @CaseFileId";

    /// <summary>The days on which complaints came in.</summary>
    public static Task<IReadOnlyList<DateOnly>> DaysAsync(Session session, Guid caseFileId) =>
        session.ListAsync<DateOnly>(DaysSql, new { CaseFileId = caseFileId });
}
