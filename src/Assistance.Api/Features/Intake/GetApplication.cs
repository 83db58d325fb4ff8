using Assistance.Api.Data;
using Assistance.Api.Features.Reference;
using Assistance.Api.Http;
using Assistance.Api.Security;
using Assistance.Domain.Households;
using Assistance.Domain.Intake;
using Assistance.Domain.Shared;

namespace Assistance.Api.Features.Intake;

/// <summary>An application as it stands.</summary>
public sealed record ApplicationResponse
{
    public required Guid ApplicationId { get; init; }

    public required Guid CaseFileId { get; init; }

    public required string CaseNumber { get; init; }

    public required Programme Programme { get; init; }

    public required ApplicationState State { get; init; }

    /// <summary>The version, which is also the ETag that acts are sent with.</summary>
    public required int Version { get; init; }

    public required ReceiptResponse Receipt { get; init; }

    public required RoutingResponse Routing { get; init; }

    public required string HabitualAddress { get; init; }

    public required IReadOnlyList<MemberResponse> Members { get; init; }

    public DateTimeOffset? AcceptedAt { get; init; }

    /// <summary>The last day of the whole procedure, once accepted.</summary>
    public DateOnly? DueOn { get; init; }

    /// <summary>Whether the last day rests on a year without a holiday notice yet.</summary>
    public required bool IsDueProvisional { get; init; }

    /// <summary>Every running period with what started it and its article.</summary>
    public required IReadOnlyList<ClockResponse> Clocks { get; init; }
}

/// <summary>A member, recognisable and no more: the identity number is masked.</summary>
public sealed record MemberResponse
{
    public required Guid PersonId { get; init; }

    public required string Name { get; init; }

    public string? MaskedIdentityNumber { get; init; }

    public required Relationship Relationship { get; init; }

    public required DateOnly BornOn { get; init; }

    public DateOnly? DiedOn { get; init; }

    public required bool HasConsented { get; init; }
}

/// <summary>A period of the procedure: started by what, on which day, for how many working days, until when, and met when.</summary>
public sealed record ClockResponse(
    string Code, string StartingEvent, DateOnly StartedOn, int WorkingDays, DateOnly DueOn, bool IsProvisional, DateOnly? MetOn, LegalBasisResponse LegalBasis);

/// <summary>Reads one application of the officer's office; the read is recorded.</summary>
public sealed class GetApplication(Database database, AccessLog access, ReferenceStore reference, TimeProvider time)
{
    public async Task<(ApplicationResponse Application, int Version)?> HandleAsync(
        Guid id, Officer officer, Language language, CancellationToken cancellation)
    {
        var response = await database.ReadAsync(session => ReadAsync(session, id, officer, language), cancellation);
        if (response is null)
        {
            return null;
        }

        await access.RecordAsync(officer, response.CaseFileId, nameof(GetApplication), cancellation);
        return (response, response.Version);
    }

    private async Task<ApplicationResponse?> ReadAsync(Session session, Guid id, Officer officer, Language language)
    {
        if (await ApplicationRepository.FindOverviewAsync(session, id, officer) is not { } application)
        {
            return null;
        }

        var household = ApiJson.Read<Household>(application.HouseholdJson);
        var members = (await ApplicationRepository.MembersAsync(session, application.CaseFileId, time.Today)).ToLookup(member => member.PersonId);
        var clocks = await ApplicationRepository.ClocksAsync(session, id);
        return new ApplicationResponse
        {
            ApplicationId = application.ApplicationId,
            CaseFileId = application.CaseFileId,
            CaseNumber = application.CaseNumber,
            Programme = application.Programme,
            State = application.ApplicationState,
            Version = application.Version,
            Receipt = SubmitApplication.ReceiptOf(application, reference.Current),
            Routing = SubmitApplication.RoutingOf(
                ApiJson.Read<RoutingDecision>(application.RoutingJson), application.SubmittedOn, reference.Current, language),
            HabitualAddress = application.HabitualAddress,
            Members = [.. household.Members.Select(member => MemberOf(member, members[member.PersonId].First()))],
            AcceptedAt = application.AcceptedAt?.ToOffset(ChinaTime.Offset),
            DueOn = application.DueOn,
            IsDueProvisional = application.IsDueProvisional,
            Clocks =
            [
                .. clocks.Select(clock => new ClockResponse(clock.ClockCode, clock.StartingEvent, clock.StartedOn, clock.WorkingDayCount,
                    clock.DueOn, clock.IsDueProvisional, clock.MetOn, LegalBasisResponse.Of(reference.Current.LegalBasis(clock.BasisCode, clock.StartedOn), language))),
            ],
        };
    }

    private static MemberResponse MemberOf(HouseholdMember member, MemberRow row) => new()
    {
        PersonId = member.PersonId,
        Name = row.PersonName,
        MaskedIdentityNumber = row.IdentityMask,
        Relationship = member.Relationship,
        BornOn = member.BornOn,
        DiedOn = member.DiedOn,
        HasConsented = row.ConsentId is not null,
    };
}
