using Assistance.Api.Data;
using Assistance.Domain.Intake;

namespace Assistance.Api.Features.Intake;

internal sealed record TransferRow
{
    public Guid TransferId { get; init; }

    public Guid ApplicationId { get; init; }

    public TransferKind TransferKind { get; init; }

    public string FromDivisionCode { get; init; } = "";

    public string ToDivisionCode { get; init; } = "";

    public string BasisCode { get; init; } = "";

    public string? Reasons { get; init; }

    /// <summary>For a move: the routing that holds once it is taken up.</summary>
    public string? RoutingJson { get; init; }

    public DateTimeOffset SentAt { get; init; }

    public string SentBy { get; init; } = "";

    /// <summary>The last day on which to take it up.</summary>
    public DateOnly DueOn { get; init; }

    public bool IsDueProvisional { get; init; }

    public DateTimeOffset? ReceivedAt { get; init; }

    public string? ReceivedBy { get; init; }

    /// <summary>When something newer took its place before it was taken up.</summary>
    public DateTimeOffset? WithdrawnAt { get; init; }

    public bool IsOpen => ReceivedAt is null && WithdrawnAt is null;

    public Transfer Transfer => new(TransferKind, FromDivisionCode, ToDivisionCode, IsOpen);
}

internal sealed record ArbitrationRow
{
    public Guid ArbitrationId { get; init; }

    public Guid ApplicationId { get; init; }

    public string RequestingDivisionCode { get; init; } = "";

    public string RequestReasons { get; init; } = "";

    public DateTimeOffset RequestedAt { get; init; }

    public string RequestedBy { get; init; } = "";

    public DateOnly DueOn { get; init; }

    public bool IsDueProvisional { get; init; }

    public DateTimeOffset? DecidedAt { get; init; }

    public string? DecidedBy { get; init; }

    public string? AcceptingDivisionCode { get; init; }

    public string? Reasons { get; init; }
}

/// <summary>The passing of applications between offices, and the district's arbitration. At most one of each is open.</summary>
internal static class TransferRepository
{
    private const string AddSql = """
        INSERT INTO Transfer (TransferId, ApplicationId, TransferKind, FromDivisionCode, ToDivisionCode, BasisCode, Reasons, RoutingJson,
            SentAt, SentBy, DueOn, IsDueProvisional, ReceivedAt, ReceivedBy)
        VALUES (@TransferId, @ApplicationId, @TransferKind, @FromDivisionCode, @ToDivisionCode, @BasisCode, @Reasons, @RoutingJson,
            @SentAt, @SentBy, @DueOn, @IsDueProvisional, @ReceivedAt, @ReceivedBy)
        """;

    public static Task AddAsync(Session session, TransferRow row) => session.ExecuteAsync(AddSql, new
    {
        row.TransferId,
        row.ApplicationId,
        row.TransferKind,
        row.FromDivisionCode,
        row.ToDivisionCode,
        row.BasisCode,
        row.Reasons,
        row.RoutingJson,
        row.SentAt,
        row.SentBy,
        row.DueOn,
        row.IsDueProvisional,
        row.ReceivedAt,
        row.ReceivedBy,
    });

    private const string OfApplicationSql = """
        SELECT TransferId, ApplicationId, TransferKind, FromDivisionCode, ToDivisionCode, BasisCode, Reasons, RoutingJson, SentAt, SentBy,
               DueOn, IsDueProvisional, ReceivedAt, ReceivedBy, WithdrawnAt
        FROM Transfer WHERE ApplicationId = @ApplicationId ORDER BY TransferId
        """;

    /// <summary>Every transfer of an application, in order.</summary>
    public static Task<IReadOnlyList<TransferRow>> OfApplicationAsync(Session session, Guid applicationId) =>
        session.ListAsync<TransferRow>(OfApplicationSql, new { ApplicationId = applicationId });

    public static async Task<TransferRow?> OpenAsync(Session session, Guid applicationId) =>
        (await OfApplicationAsync(session, applicationId)).LastOrDefault(row => row.IsOpen);

    private const string ReceiveSql = """
        UPDATE Transfer SET ReceivedAt = @ReceivedAt, ReceivedBy = @ReceivedBy WHERE TransferId = @TransferId AND ReceivedAt IS NULL
        """;

    private const string WithdrawSql = "UPDATE Transfer SET WithdrawnAt = @WithdrawnAt WHERE TransferId = @TransferId AND ReceivedAt IS NULL";

    public static Task WithdrawAsync(Session session, Guid transferId, DateTimeOffset at) =>
        session.ExecuteAsync(WithdrawSql, new { WithdrawnAt = at, TransferId = transferId });

    public static Task ReceiveAsync(Session session, Guid transferId, DateTimeOffset at, string by) =>
        session.ExecuteAsync(ReceiveSql, new { ReceivedAt = at, ReceivedBy = by, TransferId = transferId });

    private const string AddArbitrationSql = """
        INSERT INTO Arbitration (ArbitrationId, ApplicationId, RequestingDivisionCode, RequestReasons, RequestedAt, RequestedBy, DueOn, IsDueProvisional)
        VALUES (@ArbitrationId, @ApplicationId, @RequestingDivisionCode, @RequestReasons, @RequestedAt, @RequestedBy, @DueOn, @IsDueProvisional)
        """;

    public static Task AddAsync(Session session, ArbitrationRow row) => session.ExecuteAsync(AddArbitrationSql, new
    {
        row.ArbitrationId,
        row.ApplicationId,
        row.RequestingDivisionCode,
        row.RequestReasons,
        row.RequestedAt,
        row.RequestedBy,
        row.DueOn,
        row.IsDueProvisional,
    });

    private const string ArbitrationsSql = """
        SELECT ArbitrationId, ApplicationId, RequestingDivisionCode, RequestReasons, RequestedAt, RequestedBy, DueOn, IsDueProvisional,
               DecidedAt, DecidedBy, AcceptingDivisionCode, Reasons
        FROM Arbitration WHERE ApplicationId = @ApplicationId ORDER BY ArbitrationId
        """;

    public static Task<IReadOnlyList<ArbitrationRow>> ArbitrationsAsync(Session session, Guid applicationId) =>
        session.ListAsync<ArbitrationRow>(ArbitrationsSql, new { ApplicationId = applicationId });

    private const string DecideSql = """
        UPDATE Arbitration SET DecidedAt = @DecidedAt, DecidedBy = @DecidedBy, AcceptingDivisionCode = @AcceptingDivisionCode, Reasons = @Reasons
        WHERE ArbitrationId = @ArbitrationId AND DecidedAt IS NULL
        """;

    public static Task DecideAsync(Session session, ArbitrationRow row) => session.ExecuteAsync(DecideSql, new
    {
        row.DecidedAt,
        row.DecidedBy,
        row.AcceptingDivisionCode,
        row.Reasons,
        row.ArbitrationId,
    });
}
