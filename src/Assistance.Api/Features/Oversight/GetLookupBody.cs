using Assistance.Api.Data;
using Assistance.Api.Features.Lookups;
using Assistance.Api.Http;
using Assistance.Api.Security;
using Assistance.Domain.Lookups;
using Assistance.Domain.Shared;

namespace Assistance.Api.Features.Oversight;

/// <summary>What the original of an answer is looked at for; kept with the record of the access.</summary>
public enum BodyPurpose
{
    /// <summary>The household disputes the answer (57 art. 18).</summary>
    Objection,

    /// <summary>The department disputes or corrects it (政务数据共享条例 art. 26).</summary>
    Correction,

    /// <summary>Reconsideration or litigation.</summary>
    Remedy,

    /// <summary>An answer was set aside, and why has to be seen.</summary>
    Fault,

    Audit,
}

/// <summary>The answers of a look-up as they came in, the oldest revision first.</summary>
public sealed record LookupBodyResponse
{
    public required Guid LookupId { get; init; }

    public required LookupSource Source { get; init; }

    /// <summary>The look-up that was asked, where its answer was on file and served here too.</summary>
    public Guid? ReusedLookupId { get; init; }

    /// <summary>SHA-256 of the answer that counts.</summary>
    public string? ResponseHash { get; init; }

    public required IReadOnlyList<ReceivedBody> Items { get; init; }
}

/// <summary>One answer as it came in.</summary>
public sealed record ReceivedBody
{
    /// <summary>The department's count of its answers; 0 for one that was not believed.</summary>
    public required int Revision { get; init; }

    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>The day on which it is deleted.</summary>
    public required DateOnly DeleteOn { get; init; }

    /// <summary>The bytes as received, in Base64, so that the hash can be computed again.</summary>
    public required byte[] Body { get; init; }
}

/// <summary>
/// Shows the original of an answer to those who watch over the district, for a purpose that they state; the read is recorded
/// with it, and where the answer was got for another case, in that one too.
/// </summary>
internal sealed class GetLookupBody(Database database, AccessLog access, PersonalDataProtector protector)
{
    public async Task<LookupBodyResponse?> HandleAsync(Guid id, BodyPurpose? purpose, Officer officer, CancellationToken cancellation)
    {
        if (purpose is not { } stated)
        {
            throw ProblemException.Invalid(new Fault("purpose", "missing", "请说明查看用途。", "State what it is looked at for."));
        }

        var (lookup, origin, bodies) = await database.ReadAsync(
            async session => await LookupRepository.FindAsync(session, id) is { } row
                ? (row, row.ReusedLookupId is { } asked ? await LookupRepository.FindAsync(session, asked) : row,
                    await LookupAnswerRepository.BodiesAsync(session, row.ReusedLookupId ?? row.LookupId))
                : ((LookupRow?)null, (LookupRow?)null, []),
            cancellation);
        if (lookup is null || bodies.Count == 0)
        {
            return null;
        }

        foreach (var caseFileId in new[] { lookup.CaseFileId, origin!.CaseFileId }.Distinct())
        {
            await access.RecordAsync(officer, caseFileId, $"{nameof(GetLookupBody)}:{stated}", cancellation);
        }

        return new LookupBodyResponse
        {
            LookupId = lookup.LookupId,
            Source = lookup.LookupSource,
            ReusedLookupId = lookup.ReusedLookupId,
            ResponseHash = lookup.ResponseHash,
            Items =
            [
                .. bodies.Select(body => new ReceivedBody
                {
                    Revision = body.AnswerRevision,
                    ReceivedAt = body.ReceivedAt.ToOffset(ChinaTime.Offset),
                    DeleteOn = body.DeleteOn,
                    Body = protector.Unprotect(body.BodyCipher),
                }),
            ],
        };
    }
}
