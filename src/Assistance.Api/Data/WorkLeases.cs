namespace Assistance.Api.Data;

/// <summary>Leases on work that only one instance may do at a time; held for as long as it is renewed.</summary>
internal static class WorkLeases
{
    private const string RenewSql = """
        UPDATE WorkLease SET LeaseOwner = @LeaseOwner, LeaseUntilAt = @LeaseUntilAt
        WHERE LeaseCode = @LeaseCode AND (LeaseOwner = @LeaseOwner OR LeaseUntilAt < @BeforeLeaseUntilAt)
        """;

    private const string TakeSql = """
        INSERT INTO WorkLease (LeaseCode, LeaseOwner, LeaseUntilAt)
        SELECT @LeaseCode, @LeaseOwner, @LeaseUntilAt WHERE NOT EXISTS (SELECT 1 FROM WorkLease WHERE LeaseCode = @LeaseCode)
        """;

    /// <returns>Whether the lease is this owner's until <paramref name="until"/>.</returns>
    public static async Task<bool> HoldAsync(Session session, string code, string owner, DateTimeOffset now, DateTimeOffset until) =>
        await session.ExecuteAsync(RenewSql, new { LeaseOwner = owner, LeaseUntilAt = until, LeaseCode = code, BeforeLeaseUntilAt = now }) == 1
        || await session.ExecuteAsync(TakeSql, new { LeaseCode = code, LeaseOwner = owner, LeaseUntilAt = until }) == 1;

    private const string ReleaseSql = "DELETE FROM WorkLease WHERE LeaseCode = @LeaseCode AND LeaseOwner = @LeaseOwner";

    /// <summary>Lets the next instance go on at once.</summary>
    public static Task ReleaseAsync(Session session, string code, string owner) =>
        session.ExecuteAsync(ReleaseSql, new { LeaseCode = code, LeaseOwner = owner });
}
