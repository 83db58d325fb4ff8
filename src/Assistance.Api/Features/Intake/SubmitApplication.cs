using System.Globalization;
using Assistance.Api.Data;
using Assistance.Api.Events;
using Assistance.Api.Features.Cases;
using Assistance.Api.Features.Disclosures;
using Assistance.Api.Features.Drafts;
using Assistance.Api.Features.Households;
using Assistance.Api.Features.Lookups;
using Assistance.Api.Features.Reference;
using Assistance.Api.Http;
using Assistance.Api.Security;
using Assistance.Domain.Households;
using Assistance.Domain.Intake;
using Assistance.Domain.Lookups;
using Assistance.Domain.Shared;
using Microsoft.Extensions.Options;

namespace Assistance.Api.Features.Intake;

/// <summary>A case number, a receipt, and for each programme where the application goes and why.</summary>
public sealed record SubmitApplicationResponse
{
    public required Guid CaseFileId { get; init; }

    /// <summary>The number for people, for example <c>140213054-2026-000001</c>.</summary>
    public required string CaseNumber { get; init; }

    public required ReceiptResponse Receipt { get; init; }

    /// <summary>One application a programme, in the order of the form; they share the case, its household and its disclosure.</summary>
    public required IReadOnlyList<SubmittedApplicationResponse> Applications { get; init; }

    /// <summary>The members in the order of the form, by the ids they go by from here on.</summary>
    public required IReadOnlyList<Guid> MemberIds { get; init; }

    /// <summary>People of the same name and birth date as a member who has no identity number yet, or had none when recorded: to be looked at.</summary>
    public required IReadOnlyList<DuplicateResponse> PossibleDuplicates { get; init; }
}

/// <summary>The application for one programme.</summary>
public sealed record SubmittedApplicationResponse
{
    public required Guid ApplicationId { get; init; }

    public required Programme Programme { get; init; }

    public required ApplicationState State { get; init; }

    public required RoutingResponse Routing { get; init; }
}

/// <summary>Proof that the application was taken, and when.</summary>
public sealed record ReceiptResponse(DateTimeOffset ReceivedAt, string ReceivedByDivisionCode, string ReceivedByDivision);

/// <summary>The accepting office with the deciding rule, in words and by article.</summary>
public sealed record RoutingResponse
{
    public required RoutingOutcome Outcome { get; init; }

    /// <summary>The deciding rule's code.</summary>
    public required string Rule { get; init; }

    /// <summary>The rule as a sentence; for a transfer outward, the written guidance.</summary>
    public required string Sentence { get; init; }

    public required IReadOnlyList<LegalBasisResponse> LegalBases { get; init; }

    /// <summary>The accepting street, or the district it is passed to; absent where another door takes it (education: the school).</summary>
    public string? AcceptingDivisionCode { get; init; }

    public string? AcceptingDivision { get; init; }

    /// <summary>The community the household lives in, where it lives in the accepting street.</summary>
    public string? CommunityCode { get; init; }

    /// <summary>The proof of residence that decided, where one did.</summary>
    public ResidenceProofKind? ProofReliedOn { get; init; }

    /// <summary>人户分离: residence and registration differ, which allows 45 working days in all.</summary>
    public required bool ResidenceDiffers { get; init; }

    /// <summary>Another door at which it may be handed in as well (Act art. 38(2)).</summary>
    public OtherDoor? AlsoAt { get; init; }

    /// <summary>Whether the rule stands in for a local one that was not found.</summary>
    public required bool IsSample { get; init; }
}

/// <summary>
/// Takes an application at whichever window it is handed in, decides the accepting street from the habitual residence, and
/// calls for the look-ups; nobody is sent away.
/// </summary>
internal sealed class SubmitApplication(
    ActRunner runner,
    PersonalDataProtector protector,
    ReferenceStore reference,
    IOptions<DistrictOptions> district,
    LookupSignal signal,
    Transfers transfers,
    SearchLog searches)
{
    public async Task<ActResult<SubmitApplicationResponse>> HandleAsync(SubmitApplicationRequest request, Act act, CancellationToken cancellation)
    {
        var routings = request.Programmes.Select(programme => (programme, RoutingOf(request, programme, act))).ToList();
        try
        {
            var result = await runner.RunAsync(act, session => SubmitAsync(session, request, routings, act), cancellation);
            signal.Raise();
            return result;
        }
        catch (RuleViolation violation) when (violation.Code == Refusals.AlreadyAppliedCode)
        {
            // The refusal tells that somebody is in another case, as a search would, and is recorded like one (Act art. 70(6)).
            await searches.RecordAsync(act.Officer, SearchKind.Duplicates, SearchPurpose.Application, nameof(SubmitApplication), [], cancellation);
            throw;
        }
    }

    private async Task<Answer<SubmitApplicationResponse>> SubmitAsync(
        Session session, SubmitApplicationRequest request, List<(Programme Programme, RoutingDecision Decision)> routings, Act act)
    {
        var numbered = await NumberedAsync(session, request, act.Now);
        var persons = await PersonsOfAsync(session, request, numbered, act.Now);
        IReadOnlyList<Guid> obligors = [.. request.Obligors.Select(obligor => numbered[IdentityNumber.Parse(obligor.IdentityNumber).Value])];
        var caseFile = await OpenCaseAsync(session, request, persons, eventCount: routings.Count + routings.Count(routing => IsOutward(routing.Decision)), act);
        var household = HouseholdOf(request, persons, obligors);
        await HouseholdRepository.AddAsync(session, caseFile.CaseFileId, caseFile.SnapshotNumber, nameof(SubmitApplication), household, act.Now);
        var names = request.Members.Select(member => member.Name).Concat(request.Obligors.Select(obligor => obligor.Name));
        foreach (var (personId, name) in persons.Concat(obligors).Zip(names))
        {
            await PersonRepository.AddMemberAsync(session, caseFile.CaseFileId, personId, name.Trim());
        }

        var mandate = await AddMandateAsync(session, request, persons, caseFile, act);
        IReadOnlyList<Programme> accepted = [.. routings.Where(routing => IsAccepted(routing.Decision)).Select(routing => routing.Programme)];
        var duplicates = await ProgrammeClaims.ClaimAsync(session, act.Officer, NewcomersOf(request, persons), accepted, caseFile.CaseFileId, act.Now);
        var applications = new List<ApplicationRow>();
        foreach (var (programme, decision) in routings)
        {
            applications.Add(await AddApplicationAsync(session, caseFile, programme, decision, act));
        }

        if (routings.Any(routing => IsAccepted(routing.Decision)))
        {
            await AddConsentsAsync(session, request, persons, obligors, mandate?.AgentPersonId, caseFile.CaseFileId, act);
            await KeepProofAsync(session, request, caseFile, act);
            await MeansVerificationRepository.AddAsync(session, caseFile.CaseFileId, round: 1, caseFile.SnapshotNumber,
                new VerificationCause(LookupPurpose.MeansVerification, act.Officer.Id, IsReuseAllowed: true), act.Now);
        }

        if (request.DraftId is { } draftId)
        {
            await DraftRepository.DeleteAsync(session, draftId, act.Officer);
        }

        await AppendEventsAsync(session, caseFile.CaseFileId, routings, mandate, act);
        return new Answer<SubmitApplicationResponse>(
            ResponseOf(applications, caseFile, routings, persons, duplicates, act),
            $"/v1/applications/{applications[0].ApplicationId}",
            applications[0].Version);
    }

    private async Task<AgentMandateRow?> AddMandateAsync(
        Session session, SubmitApplicationRequest request, IReadOnlyList<Guid> persons, CaseFileRow caseFile, Act act)
    {
        if (request.Agent is not { } agent)
        {
            return null;
        }

        Guid? ward = agent.Kind == AgentKind.Guardian ? caseFile.ApplicantPersonId : null;
        Guid? grantedBy = agent.GrantedByMember is { } member ? persons[member - 1] : null;
        var mandate = await AgentMandateRepository.AddAsync(session, protector, agent, caseFile.CaseFileId, grantedBy, ward, act);
        mandate.Mandate.RequireCovers(MandateScope.Apply, act.Today);
        return mandate;
    }

    private async Task<ApplicationRow> AddApplicationAsync(
        Session session, CaseFileRow caseFile, Programme programme, RoutingDecision decision, Act act)
    {
        var application = new ApplicationRow
        {
            ApplicationId = Guid.CreateVersion7(act.Now),
            CaseFileId = caseFile.CaseFileId,
            Programme = programme,
            ApplicationState = IsAccepted(decision) ? ApplicationState.Received : ApplicationState.TransferredOut,
            ReceivingDivisionCode = act.Officer.Division.Value,
            // Where another door takes it, it stays with the office that registered it and leads there.
            AcceptingDivisionCode = decision.AcceptingDivision?.Value ?? act.Officer.Division.Value,
            IsResidenceDiffering = decision.ResidenceDiffers,
            RoutingJson = ApiJson.Write(decision),
            SubmittedAt = act.Now,
            SubmittedBy = act.Officer.Id,
            Version = 1,
            CommunityCode = caseFile.HabitualDivisionCode,
        };
        await ApplicationRepository.AddAsync(session, application, OfficesOf(application));
        if (IsAccepted(decision) && ProcedureClocks.VerifiesByMeasures57(programme))
        {
            await ApplicationRepository.AddClockAsync(session, application.ApplicationId, ProcedureClocks.VerificationFrom(
                act.Today, reference.Current.Periods(act.Today), reference.Current.Calendar));
        }

        if (application.ReceivingDivisionCode != application.AcceptingDivisionCode)
        {
            await transfers.SendAsync(
                session,
                application,
                IsAccepted(decision) ? TransferKind.Intake : TransferKind.Outward,
                application.ReceivingDivisionCode,
                application.AcceptingDivisionCode,
                reasons: null,
                routing: null,
                act);
        }

        return application;
    }

    private static IReadOnlyList<Newcomer> NewcomersOf(SubmitApplicationRequest request, IReadOnlyList<Guid> persons) =>
        [.. request.Members.Select((member, index) => Newcomer.Of(index + 1, persons[index], member.Name, member.EffectiveBornOn, member.IdentityNumber is not null))];

    private static bool IsAccepted(RoutingDecision decision) => decision.Outcome == RoutingOutcome.AcceptedHere;

    private static bool IsOutward(RoutingDecision decision) => decision.Outcome == RoutingOutcome.TransferOutward;

    private RoutingDecision RoutingOf(SubmitApplicationRequest request, Programme programme, Act act)
    {
        var registered = DivisionCode.Parse(request.RegisteredResidence.DivisionCode);
        var facts = new ResidenceFacts
        {
            Programme = programme,
            AppliedOn = act.Today,
            District = district.Value.Division,
            ApplicantRegistration = registered,
            MemberRegistrations =
                [.. request.Members.Select(member => member.RegisteredDivisionCode is { } own ? DivisionCode.Parse(own) : registered)],
            HabitualResidence = DivisionCode.Parse(request.HabitualResidence.DivisionCode),
            HoldsResidencePermit = request.HabitualResidence.HoldsResidencePermit,
            EmergencyPlace = request.EmergencyPlace is { } place ? DivisionCode.Parse(place) : null,
            Proof = request.HabitualResidence.Proof,
        };
        return ResidenceRouting.Decide(facts, reference.Current.RoutingRules(act.Today));
    }

    // Recorded in one order whatever the form's, members and obligors alike, so that two forms with the same people wait for
    // each other and do not block each other for good.
    private async Task<IReadOnlyDictionary<string, Guid>> NumberedAsync(Session session, SubmitApplicationRequest request, DateTimeOffset now)
    {
        var people = request.Members.Where(member => member.IdentityNumber is not null).Select(member => (Number: IdentityNumber.Parse(member.IdentityNumber!), member.Name))
            .Concat(request.Obligors.Select(obligor => (Number: IdentityNumber.Parse(obligor.IdentityNumber), obligor.Name)));
        var persons = new Dictionary<string, Guid>(StringComparer.Ordinal);
        foreach (var (number, name) in people.OrderBy(person => protector.Hash(person.Number), StringComparer.Ordinal))
        {
            persons[number.Value] = await PersonRepository.FindOrAddAsync(session, protector, number, name.Trim(), now);
        }

        return persons;
    }

    private static async Task<IReadOnlyList<Guid>> PersonsOfAsync(
        Session session, SubmitApplicationRequest request, IReadOnlyDictionary<string, Guid> numbered, DateTimeOffset now)
    {
        var persons = new List<Guid>(request.Members.Count);
        foreach (var member in request.Members)
        {
            persons.Add(member.IdentityNumber is { } number
                ? numbered[IdentityNumber.Parse(number).Value]
                : await PersonRepository.AddWithoutNumberAsync(session, member.Name.Trim(), member.BornOn!.Value, now));
        }

        return persons;
    }

    // What was shown at the window with the form is not asked for afterwards.
    private static Task KeepProofAsync(Session session, SubmitApplicationRequest request, CaseFileRow caseFile, Act act) =>
        request.HabitualResidence.Proof is { } proof
            ? DisclosureRepository.AddAsync(session, SupplyRow.OfResidence(caseFile.CaseFileId, number: 1, proof, act.Now, act.Officer.Id))
            : Task.CompletedTask;

    private static async Task<CaseFileRow> OpenCaseAsync(
        Session session, SubmitApplicationRequest request, IReadOnlyList<Guid> persons, int eventCount, Act act)
    {
        var office = act.Officer.Division.Value;
        var serial = await NumberSeries.NextAsync(session, string.Create(CultureInfo.InvariantCulture, $"CaseNumber-{office}-{act.Today.Year}"));
        var applicant = request.Members.Select((member, index) => (member, index)).First(pair => pair.member.Relationship == Relationship.Self).index;
        var caseFile = new CaseFileRow
        {
            CaseFileId = Guid.CreateVersion7(act.Now),
            CaseNumber = string.Create(CultureInfo.InvariantCulture, $"{office}-{act.Today.Year}-{serial:000000}"),
            ApplicantPersonId = persons[applicant],
            RegisteredDivisionCode = request.RegisteredResidence.DivisionCode,
            RegisteredAddress = request.RegisteredResidence.Address.Trim(),
            HabitualDivisionCode = request.HabitualResidence.DivisionCode,
            HabitualAddress = request.HabitualResidence.Address.Trim(),
            DeclaredDivisionCode = request.HabitualResidence.DivisionCode,
            DeclaredAddress = request.HabitualResidence.Address.Trim(),
            ContactPhone = request.ContactPhone.Trim(),
            PledgedOn = request.IntegrityPledge.SignedOn,
            PreviousCaseFileId = await CaseFileRepository.NewestOfApplicantAsync(session, persons[applicant]),
            SnapshotNumber = 1,
            DisclosedSnapshotNumber = 1,
            LastEventNumber = eventCount,
            OpenedAt = act.Now,
        };
        await CaseFileRepository.AddAsync(session, caseFile);
        return caseFile;
    }

    private static Household HouseholdOf(SubmitApplicationRequest request, IReadOnlyList<Guid> persons, IReadOnlyList<Guid> obligors) => new()
    {
        Members =
        [
            .. request.Members.Select((member, index) => new HouseholdMember
            {
                PersonId = persons[index],
                Relationship = member.Relationship,
                BornOn = member.EffectiveBornOn!.Value,
                RegisteredDivisionCode = member.RegisteredDivisionCode ?? request.RegisteredResidence.DivisionCode,
                IsFullTimeStudent = member.IsFullTimeStudent,
                HasIdentityNumber = member.IdentityNumber is not null,
                LivesWithHousehold = member.LivesWithHousehold,
                Absence = member.Absence is { } absence ? new Absence(absence.Kind, absence.SinceOn) : null,
                CannotSupportSelf = member.CannotSupportSelf,
                Disability = member.Disability is { } disability ? new Disability(disability.Kind, disability.Grade) : null,
                HasCertifiedMajorIllness = member.HasCertifiedMajorIllness,
                IsEmployed = member.IsEmployed,
                HasLegalCapacity = member.HasLegalCapacity,
            }),
        ],
        Incomes =
        [
            .. request.Members.SelectMany((member, index) =>
                member.Incomes.Select(income => new DeclaredIncome(persons[index], income.Kind, new Money(income.MonthlyFen)))),
        ],
        Properties =
        [
            .. request.Members.SelectMany((member, index) => member.Properties.Select(property =>
                new DeclaredProperty(persons[index], property.Kind, new Money(property.ValueFen), property.Count, property.Exemption))),
        ],
        Expenditures =
        [
            .. request.Members.SelectMany((member, index) => member.Expenditures.Select(spent =>
                new DeclaredExpenditure(persons[index], spent.Kind, new Money(spent.YearlyFen)))),
        ],
        Emergency = request.Emergency is { } emergency ? new Emergency(emergency.Kind, emergency.OccurredOn, new Money(emergency.NeededFen)) : null,
        Filing = request.Filing is { } filing ? new Filing(filing.Kind, filing.Ground) : new Filing(),
        Obligors = [.. request.Obligors.Select((obligor, index) => new Obligor(obligors[index], obligor.Relationship))],
    };

    private static async Task AddConsentsAsync(
        Session session,
        SubmitApplicationRequest request,
        IReadOnlyList<Guid> persons,
        IReadOnlyList<Guid> obligors,
        Guid? guardian,
        Guid caseFileId,
        Act act)
    {
        // An obligor signs for nobody but themselves (Act art. 41).
        for (var i = 0; i < request.Obligors.Count; i++)
        {
            if (request.Obligors[i].ConsentedOn is { } signedOn)
            {
                await ConsentRepository.AddAsync(session, new ConsentRow
                {
                    ConsentId = Guid.CreateVersion7(act.Now),
                    CaseFileId = caseFileId,
                    PersonId = obligors[i],
                    SignerPersonId = obligors[i],
                    SignedOn = signedOn,
                    RecordedAt = act.Now,
                    RecordedBy = act.Officer.Id,
                });
            }
        }

        for (var i = 0; i < request.Members.Count; i++)
        {
            if (request.Members[i].Consent is { } consent)
            {
                await ConsentRepository.AddAsync(session, new ConsentRow
                {
                    ConsentId = Guid.CreateVersion7(act.Now),
                    CaseFileId = caseFileId,
                    PersonId = persons[i],
                    SignerPersonId = consent.SignedByMember is { } signer ? persons[signer - 1] : guardian!.Value,
                    SignedOn = consent.SignedOn,
                    RecordedAt = act.Now,
                    RecordedBy = act.Officer.Id,
                });
            }
        }
    }

    // The office that received it, the one that accepts it, and the district: nobody else sees it.
    private IEnumerable<string> OfficesOf(ApplicationRow application)
    {
        yield return application.ReceivingDivisionCode;
        yield return district.Value.Code;
        if (application.ApplicationState != ApplicationState.TransferredOut)
        {
            yield return application.AcceptingDivisionCode;
        }
    }

    private static async Task AppendEventsAsync(
        Session session, Guid caseFileId, List<(Programme Programme, RoutingDecision Decision)> routings, AgentMandateRow? mandate, Act act)
    {
        var number = 0;
        foreach (var (programme, decision) in routings)
        {
            await CaseEvents.AppendAsync(session, caseFileId, ++number, new CaseEvent("ApplicationSubmitted", decision.BasisCodes[0], new Dictionary<string, string>
            {
                ["receiving"] = act.Officer.Division.Value,
                ["programme"] = programme.ToString(),
                ["rule"] = decision.Rule,
            }).Through(mandate), act.Now, act.Officer);
            if (IsOutward(decision))
            {
                await CaseEvents.AppendAsync(session, caseFileId, ++number, new CaseEvent("ApplicationTransferred", LegalBases.OneWindow, new Dictionary<string, string>
                {
                    ["accepting"] = decision.AcceptingDivision!.Value.Value,
                }), act.Now, act.Officer);
            }
        }
    }

    private SubmitApplicationResponse ResponseOf(
        List<ApplicationRow> applications,
        CaseFileRow caseFile,
        List<(Programme Programme, RoutingDecision Decision)> routings,
        IReadOnlyList<Guid> persons,
        IReadOnlyList<DuplicateCandidate> duplicates,
        Act act) => new()
        {
            CaseFileId = caseFile.CaseFileId,
            CaseNumber = caseFile.CaseNumber,
            Receipt = ReceiptOf(applications[0], reference.Current),
            Applications =
            [
                .. applications.Zip(routings, (application, routing) => new SubmittedApplicationResponse
                {
                    ApplicationId = application.ApplicationId,
                    Programme = application.Programme,
                    State = application.ApplicationState,
                    Routing = RoutingOf(routing.Decision, act.Today, reference.Current, act.Language),
                }),
            ],
            MemberIds = persons,
            PossibleDuplicates = DuplicateResponse.OfNamesakes(duplicates, reference.Current, act.Today, act.Language),
        };

    internal static readonly Dictionary<string, string> NoArguments = [];

    internal static ReceiptResponse ReceiptOf(ApplicationRow application, ReferenceData reference) => new(
        application.SubmittedAt.ToOffset(ChinaTime.Offset),
        application.ReceivingDivisionCode,
        reference.FullDivisionName(application.ReceivingDivisionCode));

    internal static RoutingResponse RoutingOf(RoutingDecision routing, DateOnly on, ReferenceData reference, Language language) => new()
    {
        Outcome = routing.Outcome,
        Rule = routing.Rule,
        Sentence = reference.Texts.Sentence(routing.Rule, NoArguments, on, language),
        LegalBases = [.. routing.BasisCodes.Select(code => LegalBasisResponse.Of(reference.LegalBasis(code, on), language))],
        AcceptingDivisionCode = routing.AcceptingDivision?.Value,
        AcceptingDivision = routing.AcceptingDivision is { } accepting ? reference.FullDivisionName(accepting.Value) : null,
        CommunityCode = routing.Community?.Value,
        ProofReliedOn = routing.ProofReliedOn,
        ResidenceDiffers = routing.ResidenceDiffers,
        AlsoAt = routing.AlsoAt,
        IsSample = routing.IsSample,
    };
}
