using System.Security.Cryptography;
using System.Text;
using Assistance.Api.Data;
using Assistance.Api.Http;
using Assistance.Api.Security;

namespace Assistance.Api.Features.Notices;

internal sealed class NoticeRow
{
    public Guid NoticeId { get; init; }

    public Guid DecisionId { get; init; }

    public Guid CaseFileId { get; init; }

    public string NoticeNumber { get; init; } = "";

    public DateTimeOffset IssuedAt { get; init; }

    public string ContentHash { get; init; } = "";

    public string NoticeJson { get; init; } = "";

    public NoticeContent Content => ApiJson.Read<NoticeContent>(NoticeJson);
}

/// <summary>Notices as composed; added, never changed.</summary>
internal static class NoticeRepository
{
    private const string AddSql = """
        INSERT INTO Notice (NoticeId, DecisionId, NoticeNumber, IssuedAt, ContentHash, NoticeJson)
        VALUES (@NoticeId, @DecisionId, @NoticeNumber, @IssuedAt, @ContentHash, @NoticeJson)
        """;

    public static Task AddAsync(Session session, Guid noticeId, Guid decisionId, NoticeContent content, DateTimeOffset now)
    {
        var json = ApiJson.Write(content);
        return session.ExecuteAsync(AddSql, new
        {
            NoticeId = noticeId,
            DecisionId = decisionId,
            content.NoticeNumber,
            IssuedAt = now,
            ContentHash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(json))),
            NoticeJson = json,
        });
    }

    private const string FindSql = """
        SELECT n.NoticeId, n.DecisionId, d.CaseFileId, n.NoticeNumber, n.IssuedAt, n.ContentHash, n.NoticeJson
        FROM Notice n
        JOIN Decision d ON d.DecisionId = n.DecisionId
        JOIN ApplicationOffice o ON o.ApplicationId = d.ApplicationId
        WHERE n.NoticeId = @NoticeId AND o.DivisionCode = @DivisionCode
        """;

    public static Task<NoticeRow?> FindAsync(Session session, Guid noticeId, Officer officer) =>
        session.FirstOrDefaultAsync<NoticeRow>(FindSql, new { NoticeId = noticeId, DivisionCode = officer.Division });
}
