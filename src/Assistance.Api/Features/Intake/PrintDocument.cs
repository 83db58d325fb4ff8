using Assistance.Api.Data;
using Assistance.Api.Features.Cases;
using Assistance.Api.Features.Households;
using Assistance.Api.Features.Notices;
using Assistance.Api.Features.Reference;
using Assistance.Api.Http;
using Assistance.Api.Security;
using Assistance.Domain.Households;
using Assistance.Domain.Intake;
using Assistance.Domain.Shared;
using Microsoft.Extensions.Options;

namespace Assistance.Api.Features.Intake;

/// <summary>The papers of an application that are printed for the household, beside its disclosure and its notices.</summary>
public enum IntakeDocument
{
    /// <summary>回执: that the form was taken, where and when, and which office goes on with it.</summary>
    Receipt,

    /// <summary>受理通知书: that the application is complete, and by when what is done.</summary>
    AcceptanceNotice,

    /// <summary>转办告知书: to which office it was passed on and why, and that the household need do nothing.</summary>
    TransferNotice,

    /// <summary>The one form as it was handed in: application, integrity pledge and consents (57 art. 9).</summary>
    Form,
}

/// <summary>
/// Prints a paper of an application in Chinese from what is on file; null where the occasion has not come. Each is told in
/// the wording of its own day, and each printing is recorded as a read.
/// </summary>
internal sealed class PrintDocument(
    Database database, AccessLog access, ReferenceStore reference, NoticeComposer notices, TimeProvider time, IOptions<DistrictOptions> district)
{
    public async Task<string?> HandleAsync(Guid id, IntakeDocument document, Officer officer, CancellationToken cancellation)
    {
        var (caseFileId, page) = await database.ReadAsync(
            async session => await ApplicationRepository.FindAsync(session, id, officer) is { } application
                ? (application.CaseFileId, await PageAsync(session, application, document))
                : (Guid.Empty, null),
            cancellation);
        if (page is not null)
        {
            await access.RecordAsync(officer, caseFileId, $"Print{document}", cancellation);
        }

        return page;
    }

    private async Task<string?> PageAsync(Session session, ApplicationRow application, IntakeDocument document)
    {
        var caseFile = await CaseFileRepository.GetAsync(session, application.CaseFileId);
        var persons = await PersonRepository.OfCaseAsync(session, application.CaseFileId);
        var head = HeadOf(application, caseFile, persons[caseFile.ApplicantPersonId]);
        return document switch
        {
            IntakeDocument.Receipt => await ReceiptAsync(session, application, head),
            IntakeDocument.AcceptanceNotice => await AcceptanceAsync(session, application, head),
            IntakeDocument.TransferNotice => await TransferAsync(session, application, head),
            _ => await FormAsync(session, application, caseFile, persons, head),
        };
    }

    private DocumentHead HeadOf(ApplicationRow application, CaseFileRow caseFile, PersonRow applicant) => new(
        district.Value.IssuingBody,
        district.Value.Hotline,
        caseFile.CaseNumber,
        applicant.PersonName,
        applicant.IdentityMask,
        application.Programme,
        application.AcceptingDivisionCode,
        reference.Current.FullDivisionName(application.AcceptingDivisionCode));

    private async Task<string?> ReceiptAsync(Session session, ApplicationRow application, DocumentHead head)
    {
        var on = application.SubmittedOn;
        var applications = await ApplicationRepository.OfCaseAsync(session, application.CaseFileId);
        return reference.Current.Texts.Page("receipt", new
        {
            Head = head,
            ReceivedOn = on,
            Window = reference.Current.FullDivisionName(application.ReceivingDivisionCode),
            Applications = applications.OrderBy(row => row.Programme).Select(row => Routed(row, row.RoutingJson, on)).ToList(),
        }, on);
    }

    private async Task<string?> AcceptanceAsync(Session session, ApplicationRow application, DocumentHead head)
    {
        if (application.AcceptedAt is not { } acceptedAt)
        {
            return null;
        }

        var on = ChinaTime.DayOf(acceptedAt);
        var clocks = await ApplicationRepository.ClocksAsync(session, application.ApplicationId);
        return reference.Current.Texts.Page("acceptance-notice", new
        {
            Head = head,
            AcceptedOn = on,
            application.DueOn,
            application.IsDueProvisional,
            Clocks = clocks.Where(clock => clock.StartedOn <= on).Select(clock => new
            {
                clock.ClockCode,
                clock.DueOn,
                clock.IsDueProvisional,
                clock.WorkingDayCount,
                Citation = Citation(clock.BasisCode, clock.StartedOn),
            }).ToList(),
        }, on);
    }

    private async Task<string?> TransferAsync(Session session, ApplicationRow application, DocumentHead head)
    {
        // An arbitration is between the offices; the household learns of its result from the office that goes on.
        var transfers = await TransferRepository.OfApplicationAsync(session, application.ApplicationId);
        if (transfers.LastOrDefault(row => row.TransferKind != TransferKind.Arbitration) is not { } transfer)
        {
            return null;
        }

        var on = ChinaTime.DayOf(transfer.SentAt);
        // A move that is not taken up yet has its routing with it.
        var routing = Routed(application, transfer.RoutingJson ?? application.RoutingJson, on);
        return reference.Current.Texts.Page("transfer-notice", new
        {
            Head = head,
            SentOn = on,
            Kind = transfer.TransferKind,
            IsOutward = routing.Outcome == RoutingOutcome.TransferOutward,
            From = reference.Current.FullDivisionName(transfer.FromDivisionCode),
            To = reference.Current.FullDivisionName(transfer.ToDivisionCode),
            transfer.DueOn,
            transfer.IsDueProvisional,
            Citation = Citation(transfer.BasisCode, on),
            Routing = routing,
            Remedies = notices.RemediesOf(on).ToList(),
        }, on);
    }

    private async Task<string?> FormAsync(
        Session session, ApplicationRow application, CaseFileRow caseFile, IReadOnlyDictionary<Guid, PersonRow> persons, DocumentHead head)
    {
        var household = await HouseholdRepository.GetAsync(session, caseFile.CaseFileId, number: 1);
        var consents = (await ConsentRepository.OfCaseAsync(session, caseFile.CaseFileId)).Where(consent => consent.RecordedAt == caseFile.OpenedAt).ToLookup(consent => consent.PersonId);
        var people = await WithSignersAsync(session, persons, consents.SelectMany(consent => consent));
        var applications = await ApplicationRepository.OfCaseAsync(session, application.CaseFileId);
        var on = application.SubmittedOn;
        return reference.Current.Texts.Page("form", new
        {
            Head = head,
            SubmittedOn = on,
            Window = reference.Current.FullDivisionName(application.ReceivingDivisionCode),
            Programmes = applications.Select(row => row.Programme).Order().ToList(),
            RegisteredDivision = reference.Current.FullDivisionName(caseFile.RegisteredDivisionCode),
            caseFile.RegisteredAddress,
            HabitualDivision = reference.Current.FullDivisionName(caseFile.DeclaredDivisionCode),
            HabitualAddress = caseFile.DeclaredAddress,
            caseFile.ContactPhone,
            caseFile.PledgedOn,
            IsFiledAlone = household.Filing.Kind == FilingKind.SinglePerson,
            Members = household.Members.Select(member => MemberOf(member, household, people, consents[member.PersonId].LastOrDefault(), on)).ToList(),
            Obligors = household.Obligors.Select(obligor => new
            {
                Name = people[obligor.PersonId].PersonName,
                Identity = people[obligor.PersonId].IdentityMask,
                obligor.Relationship,
                ConsentedOn = consents[obligor.PersonId].LastOrDefault()?.SignedOn,
            }).ToList(),
            Agent = await AgentAsync(session, application),
            PrintedOn = time.Today,
        }, on);
    }

    // A guardian who signs need not be of the household.
    private static async Task<IReadOnlyDictionary<Guid, PersonRow>> WithSignersAsync(
        Session session, IReadOnlyDictionary<Guid, PersonRow> persons, IEnumerable<ConsentRow> consents)
    {
        var people = new Dictionary<Guid, PersonRow>(persons);
        foreach (var signer in consents.Select(consent => consent.SignerPersonId).Where(signer => !persons.ContainsKey(signer)).Distinct())
        {
            people.Add(signer, await PersonRepository.GetAsync(session, signer));
        }

        return people;
    }

    // The first of the case, where it came with the form; a later one is no part of the form.
    private async Task<object?> AgentAsync(Session session, ApplicationRow application) =>
        await AgentMandateRepository.PageAsync(session, application.CaseFileId, Guid.Empty, take: 1) is [var mandate] && mandate.RecordedAt == application.SubmittedAt
            ? new
            {
                Kind = mandate.AgentKind,
                Name = mandate.CommunityCode is { } community ? reference.Current.FullDivisionName(community) : mandate.PersonName,
                Identity = mandate.IdentityMask,
                Scope = mandate.MandateScopes.Split('|'),
                mandate.SignedOn,
                mandate.EndsOn,
            }
            : null;

    private object MemberOf(
        HouseholdMember member, Household household, IReadOnlyDictionary<Guid, PersonRow> persons, ConsentRow? consent, DateOnly on) => new
        {
            Name = persons[member.PersonId].PersonName,
            Identity = persons[member.PersonId].IdentityMask,
            member.Relationship,
            member.BornOn,
            RegisteredDivision = reference.Current.FullDivisionName(member.RegisteredDivisionCode),
            IsMinor = member.IsMinorOn(on),
            member.IsFullTimeStudent,
            member.CannotSupportSelf,
            member.Disability,
            member.HasCertifiedMajorIllness,
            member.Absence,
            Incomes = household.Incomes.Where(income => income.PersonId == member.PersonId).ToList(),
            Properties = household.Properties.Where(property => property.PersonId == member.PersonId).ToList(),
            ConsentedOn = consent?.SignedOn,
            ConsentSigner = consent is null ? null : persons[consent.SignerPersonId].PersonName,
        };

    private PrintedRouting Routed(ApplicationRow application, string routingJson, DateOnly on)
    {
        var routing = ApiJson.Read<RoutingDecision>(routingJson);
        return new PrintedRouting(
            application.Programme,
            application.ApplicationState,
            routing.Outcome,
            routing.AlsoAt,
            reference.Current.FullDivisionName(application.AcceptingDivisionCode),
            reference.Current.Texts.Sentence(routing.Rule, SubmitApplication.NoArguments, on, Language.Zh),
            [.. routing.BasisCodes.Select(code => Citation(code, on))]);
    }

    private string Citation(string basisCode, DateOnly on) =>
        LegalBasisResponse.Of(reference.Current.LegalBasis(basisCode, on), Language.Zh).Citation;
}

/// <summary>What every paper begins and ends with.</summary>
internal sealed record DocumentHead(
    string IssuingBody, string Hotline, string CaseNumber, string ApplicantName, string? ApplicantIdentity, Programme Programme, string AcceptingDivisionCode,
    string AcceptingDivision);

/// <summary>Where an application goes, as the papers tell it.</summary>
internal sealed record PrintedRouting(
    Programme Programme, ApplicationState ApplicationState, RoutingOutcome Outcome, OtherDoor? AlsoAt, string Accepting, string Sentence, IReadOnlyList<string> Citations);
