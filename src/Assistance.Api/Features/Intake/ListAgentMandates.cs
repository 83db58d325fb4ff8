using Assistance.Api.Data;
using Assistance.Api.Features.Reference;
using Assistance.Api.Http;
using Assistance.Api.Security;
using Assistance.Domain.Intake;
using Assistance.Domain.Shared;

namespace Assistance.Api.Features.Intake;

/// <summary>A mandate of the case; the agent is recognisable and no more.</summary>
public sealed record AgentMandateResponse
{
    public required Guid MandateId { get; init; }

    /// <summary>The version, which is also the ETag that a revocation is sent with.</summary>
    public required int Version { get; init; }

    public required AgentKind Kind { get; init; }

    public string? Name { get; init; }

    public string? MaskedIdentityNumber { get; init; }

    public string? CommunityCode { get; init; }

    public string? Community { get; init; }

    public required IReadOnlyList<MandateScope> Scope { get; init; }

    public required DateOnly SignedOn { get; init; }

    public DateOnly? EndsOn { get; init; }

    public Guid? GrantedByPersonId { get; init; }

    public Guid? WardPersonId { get; init; }

    public required DateTimeOffset RecordedAt { get; init; }

    public required string RecordedBy { get; init; }

    public DateTimeOffset? RevokedAt { get; init; }
}

/// <summary>The mandates of an application's case, oldest first, ended and revoked ones included; the read is recorded.</summary>
public sealed class ListAgentMandates(Database database, AccessLog access, ReferenceStore reference)
{
    public async Task<Page<AgentMandateResponse>?> HandleAsync(Guid id, string? after, int? take, Officer officer, CancellationToken cancellation)
    {
        var (key, size) = Paging.Parse(after, take);
        var (caseFileId, rows) = await database.ReadAsync(
            async session => await ApplicationRepository.FindAsync(session, id, officer) is { } application
                ? (application.CaseFileId, await AgentMandateRepository.PageAsync(session, application.CaseFileId, key, size + 1))
                : (Guid.Empty, (IReadOnlyList<AgentMandateListRow>?)null),
            cancellation);
        if (rows is null)
        {
            return null;
        }

        await access.RecordAsync(officer, caseFileId, nameof(ListAgentMandates), cancellation);
        return Paging.Of(rows, size, Item, row => row.MandateId);
    }

    private AgentMandateResponse Item(AgentMandateListRow row) => new()
    {
        MandateId = row.MandateId,
        Version = row.Version,
        Kind = row.AgentKind,
        Name = row.PersonName,
        MaskedIdentityNumber = row.IdentityMask,
        CommunityCode = row.CommunityCode,
        Community = row.CommunityCode is { } code ? reference.Current.FullDivisionName(code) : null,
        Scope = [.. row.MandateScopes.Split('|').Select(Enum.Parse<MandateScope>)],
        SignedOn = row.SignedOn,
        EndsOn = row.EndsOn,
        GrantedByPersonId = row.GrantedByPersonId,
        WardPersonId = row.WardPersonId,
        RecordedAt = row.RecordedAt.ToOffset(ChinaTime.Offset),
        RecordedBy = row.RecordedBy,
        RevokedAt = row.RevokedAt?.ToOffset(ChinaTime.Offset),
    };
}
