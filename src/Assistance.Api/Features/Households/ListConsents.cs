using Assistance.Api.Data;
using Assistance.Api.Features.Cases;
using Assistance.Api.Features.Intake;
using Assistance.Api.Security;
using Assistance.Domain.Households;
using Assistance.Domain.Shared;

namespace Assistance.Api.Features.Households;

/// <summary>Where the consents of everybody of the case stand.</summary>
public sealed record ConsentListResponse(IReadOnlyList<PersonConsentResponse> Items);

/// <summary>Where the consent of one person stands: of a member, or of an obligor, who gives one of their own (Act art. 41).</summary>
public sealed record PersonConsentResponse
{
    public required Guid PersonId { get; init; }

    public required string Name { get; init; }

    public required bool IsObligor { get; init; }

    public required ConsentStanding Standing { get; init; }

    /// <summary>The newest consent; absent where none was ever given.</summary>
    public Guid? ConsentId { get; init; }

    /// <summary>Who signed it: the person, or somebody for one who cannot.</summary>
    public Guid? SignerPersonId { get; init; }

    public DateOnly? SignedOn { get; init; }

    /// <summary>The last day on which it holds; absent where it holds until it is revoked.</summary>
    public DateOnly? EndsOn { get; init; }

    public DateTimeOffset? RecordedAt { get; init; }

    /// <summary>The officer who took it down.</summary>
    public string? RecordedBy { get; init; }

    /// <summary>When the person revoked it, or refused to give one.</summary>
    public DateTimeOffset? RefusedAt { get; init; }

    public string? RefusedBy { get; init; }

    /// <summary>Why, where the person said so; nobody has to.</summary>
    public string? RefusalReasons { get; init; }
}

/// <summary>The consents of a case, person by person, out of everything recorded of them.</summary>
internal sealed record CaseConsents(Household Household, IReadOnlyList<ConsentRow> Consents, IReadOnlyList<RefusalRow> Refusals)
{
    public static async Task<CaseConsents> ReadAsync(Session session, CaseFileRow caseFile) => new(
        await HouseholdRepository.GetAsync(session, caseFile.CaseFileId, caseFile.SnapshotNumber),
        await ConsentRepository.OfCaseAsync(session, caseFile.CaseFileId),
        await ConsentRepository.RefusalsAsync(session, caseFile.CaseFileId));

    public ConsentRow? NewestOf(Guid personId) => Consents.LastOrDefault(consent => consent.PersonId == personId);

    public RefusalRow? NewestRefusalOf(Guid personId) => Refusals.LastOrDefault(refusal => refusal.PersonId == personId);

    public bool IsObligor(Guid personId) => Household.Obligors.Any(obligor => obligor.PersonId == personId);

    public ConsentStanding StandingOf(Guid personId, DateOnly today) =>
        ConsentRules.StandingOf(NewestOf(personId)?.Consent, NewestRefusalOf(personId) is not null, today);

    public PersonConsentResponse ResponseOf(Guid personId, IReadOnlyDictionary<Guid, PersonRow> persons, DateOnly today)
    {
        var newest = NewestOf(personId);
        var standing = StandingOf(personId, today);
        var refusal = standing is ConsentStanding.Refused or ConsentStanding.Revoked ? NewestRefusalOf(personId) : null;
        return new PersonConsentResponse
        {
            PersonId = personId,
            Name = persons[personId].PersonName,
            IsObligor = IsObligor(personId),
            Standing = standing,
            ConsentId = newest?.ConsentId,
            SignerPersonId = newest?.SignerPersonId,
            SignedOn = newest?.SignedOn,
            EndsOn = newest?.EndsOn,
            RecordedAt = newest?.RecordedAt.ToOffset(ChinaTime.Offset),
            RecordedBy = newest?.RecordedBy,
            RefusedAt = refusal?.RecordedAt.ToOffset(ChinaTime.Offset),
            RefusedBy = refusal?.RecordedBy,
            RefusalReasons = refusal?.Reasons,
        };
    }
}

/// <summary>Says of everybody of an application's case whether departments may be asked about them; the read is recorded.</summary>
internal sealed class ListConsents(Database database, AccessLog access, TimeProvider time)
{
    public async Task<ConsentListResponse?> HandleAsync(Guid id, Officer officer, CancellationToken cancellation)
    {
        var (caseFileId, list) = await database.ReadAsync(
            async session =>
            {
                if (await ApplicationRepository.FindAsync(session, id, officer) is not { } application)
                {
                    return (Guid.Empty, (ConsentListResponse?)null);
                }

                var consents = await CaseConsents.ReadAsync(session, await CaseFileRepository.GetAsync(session, application.CaseFileId));
                var persons = await PersonRepository.OfCaseAsync(session, application.CaseFileId);
                var everybody = consents.Household.Members.Select(member => member.PersonId)
                    .Concat(consents.Household.Obligors.Select(obligor => obligor.PersonId));
                return (application.CaseFileId, new ConsentListResponse([.. everybody.Select(person => consents.ResponseOf(person, persons, time.Today))]));
            },
            cancellation);
        if (list is not null)
        {
            await access.RecordAsync(officer, caseFileId, nameof(ListConsents), cancellation);
        }

        return list;
    }
}
