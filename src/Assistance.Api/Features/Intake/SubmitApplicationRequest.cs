using Assistance.Api.Http;
using Assistance.Domain.Households;
using Assistance.Domain.Intake;
using Assistance.Domain.Shared;

namespace Assistance.Api.Features.Intake;

/// <summary>The one form: application, integrity pledge and verification consents in one submission (57 art. 9; Act art. 40).</summary>
[Example("""
    {
      "programmes": ["SubsistenceAllowance"],
      "registeredResidence": { "divisionCode": "140213050001", "address": "样例路1号" },
      "habitualResidence": { "divisionCode": "140213054002", "address": "样例路2号" },
      "contactPhone": "0352-5550199",
      "members": [
        {
          "name": "样例",
          "identityNumber": "140213197503120115",
          "relationship": "Self",
          "incomes": [{ "kind": "Wages", "monthlyFen": 90000 }],
          "properties": [{ "kind": "Deposit", "valueFen": 500000 }],
          "consent": { "signedOn": "2026-09-21", "signedByMember": 1 }
        }
      ],
      "integrityPledge": { "signedOn": "2026-09-21" }
    }
    """)]
public sealed record SubmitApplicationRequest : ICheckedRequest
{
    /// <summary>The programmes applied for (一门受理, Act art. 64): one form for all of them, each once.</summary>
    public required IReadOnlyList<Programme> Programmes { get; init; }

    /// <summary>Where the applicant is registered (户籍).</summary>
    public required ResidenceRequest RegisteredResidence { get; init; }

    /// <summary>Where the household lives (常住地); it decides which street accepts.</summary>
    public required HabitualResidenceRequest HabitualResidence { get; init; }

    /// <summary>For temporary assistance: the division where the emergency happened, inside this district to the street (Act art. 37(2)).</summary>
    [KnownDivision]
    public string? EmergencyPlace { get; init; }

    /// <summary>For temporary assistance that cannot wait: what happened, when, and what is needed (Act art. 29 and 50).</summary>
    public EmergencyRequest? Emergency { get; init; }

    /// <summary>For whom is applied; without it, for the household.</summary>
    public FilingRequest? Filing { get; init; }

    /// <summary>A telephone number to reach the household at.</summary>
    [Text(30)]
    public required string ContactPhone { get; init; }

    /// <summary>The cohabiting members, the applicant (<c>Self</c>) among them; 1 to 20.</summary>
    public required IReadOnlyList<MemberRequest> Members { get; init; }

    /// <summary>
    /// Who owes a member support by law and lives elsewhere: no members and never counted; what they pay is the member's
    /// income, and they are looked up only with their own consent (Act art. 41). At most 20.
    /// </summary>
    public IReadOnlyList<ObligorRequest> Obligors { get; init; } = [];

    /// <summary>The promise that everything stated is true and complete.</summary>
    public required PledgeRequest IntegrityPledge { get; init; }

    /// <summary>The draft that this was typed into, deleted with the submission; one that is gone by now is no fault.</summary>
    public Guid? DraftId { get; init; }

    /// <summary>The mandate of whoever hands the form in for the household; for an applicant who is a minor or has no legal capacity, the guardian's.</summary>
    public FormAgentRequest? Agent { get; init; }

    public IEnumerable<Fault> Check(RequestCheck check)
    {
        foreach (var fault in RegisteredResidence.Check("$.registeredResidence", check, DivisionLevel.Subdistrict)
            .Concat(HabitualResidence.Check("$.habitualResidence", check, DivisionLevel.Community)))
        {
            yield return fault;
        }

        if (Programmes.Count == 0 || Programmes.Distinct().Count() != Programmes.Count)
        {
            yield return new Fault("$.programmes", "programmes", "请至少选择一个救助项目，不得重复。", "Name at least one programme, each once.");
        }

        if (EmergencyPlace is { } place)
        {
            foreach (var fault in ResidenceRequest.CheckLevel("$.emergencyPlace", place, check, DivisionLevel.Subdistrict))
            {
                yield return fault;
            }
        }
        else if (Programmes.Contains(Programme.TemporaryAssistance))
        {
            yield return new Fault("$.emergencyPlace", "missing", "申请临时救助请填写急难发生地。", "For temporary assistance give the place of the emergency.");
        }

        if (Emergency is not null && !Programmes.Contains(Programme.TemporaryAssistance))
        {
            yield return new Fault("$.emergency", "not-for-this-programme", "只有申请临时救助才填写。", "Only where temporary assistance is applied for.");
        }

        if (Filing is { } filing && filing.Kind == FilingKind.SinglePerson != (filing.Ground is not null))
        {
            yield return new Fault("$.filing.ground", filing.Ground is null ? "missing" : "not-for-this-kind",
                filing.Ground is null ? "单人户申请请填写情形。" : "只有单人户申请才填写。",
                filing.Ground is null ? "Give the ground for filing alone." : "Only for a single-person filing.");
        }

        if (Members.Count is 0 or > 20)
        {
            yield return new Fault("$.members", "members", "应有 1 至 20 名家庭成员。", "Give 1 to 20 members.");
        }

        if (Members.Count(member => member.Relationship == Relationship.Self) != 1)
        {
            yield return new Fault("$.members", "one-applicant", "应有且只有一名成员为申请人本人（Self）。", "Exactly one member must be the applicant (Self).");
        }

        if (Obligors.Count > 20)
        {
            yield return new Fault("$.obligors", "obligors", "至多 20 名。", "At most 20.");
        }

        foreach (var fault in Agent?.Check("$.agent", Members, check) ?? [])
        {
            yield return fault;
        }

        if (Agent?.Kind != AgentKind.Guardian && Members.Any(member => member.Relationship == Relationship.Self && member.NeedsGuardianOn(check.Today)))
        {
            yield return new Fault("$.agent", "guardian-needed",
                "申请人未满十八周岁或者无完全民事行为能力，由监护人代为申请：请在 agent 中填写 kind 为 Guardian、监护人姓名和身份证号码、scope 含 Apply、签署日期；家庭中有成年人的，也可由其作为申请人。",
                "The applicant is a minor or has no legal capacity, and a guardian applies: add agent with kind Guardian, the guardian's name and identity number, a scope with Apply, and the day signed; or let an adult of the household be the applicant.");
        }

        var numbers = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < Members.Count; i++)
        {
            foreach (var fault in Members[i].Check($"$.members[{i}]", i + 1, Members, Agent, check))
            {
                yield return fault;
            }

            if (Members[i].IdentityNumber is { } number && !numbers.Add(number.Trim()))
            {
                yield return new Fault($"$.members[{i}].identityNumber", "counted-twice", "同一人重复列为家庭成员。", "This person is listed twice.");
            }
        }

        for (var i = 0; i < Obligors.Count; i++)
        {
            if (!numbers.Add(Obligors[i].IdentityNumber.Trim()))
            {
                yield return new Fault($"$.obligors[{i}].identityNumber", "counted-twice", "此人已列为家庭成员或义务人。", "This person is listed already.");
            }

            if (Obligors[i].Relationship == Relationship.Self)
            {
                yield return new Fault($"$.obligors[{i}].relationship", "obligor-is-applicant", "义务人不能是申请人本人。", "The applicant cannot be an obligor.");
            }
        }
    }
}

/// <summary>A place: its division and the address within it.</summary>
public sealed record ResidenceRequest
{
    /// <summary>Division code: inside this district to the street, and for the habitual residence to the community; elsewhere at least 6 digits.</summary>
    [KnownDivision]
    public required string DivisionCode { get; init; }

    /// <summary>Street and house, as people write it.</summary>
    [Text(200)]
    public required string Address { get; init; }

    internal IEnumerable<Fault> Check(string path, RequestCheck check, DivisionLevel finest) =>
        CheckLevel($"{path}.divisionCode", DivisionCode, check, finest);

    internal static IEnumerable<Fault> CheckLevel(string path, string divisionCode, RequestCheck check, DivisionLevel finest)
    {
        // An unknown code was named already.
        if (!Domain.Shared.DivisionCode.TryParse(divisionCode, out var code) || !check.HasDivision(divisionCode))
        {
            yield break;
        }

        var needed = code.Value.StartsWith(check.DistrictCode, StringComparison.Ordinal) ? finest : DivisionLevel.District;
        if (code.Level < needed)
        {
            yield return new Fault(path, "division-too-coarse",
                $"请填写到{(needed == DivisionLevel.Community ? "社区（12 位）" : needed == DivisionLevel.Subdistrict ? "街道（9 位）" : "区县（6 位）")}。",
                $"Give the code of the {needed}: {(needed == DivisionLevel.Community ? 12 : needed == DivisionLevel.Subdistrict ? 9 : 6)} digits.");
        }
    }
}

/// <summary>Where the household lives, and how that is shown.</summary>
public sealed record HabitualResidenceRequest
{
    /// <summary>Division code: inside this district to the community; elsewhere at least 6 digits.</summary>
    [KnownDivision]
    public required string DivisionCode { get; init; }

    /// <summary>Street and house, as people write it.</summary>
    [Text(200)]
    public required string Address { get; init; }

    /// <summary>Whether the household holds a residence permit (居住证) of this place; default no.</summary>
    public bool HoldsResidencePermit { get; init; }

    /// <summary>What was shown for it, where something was.</summary>
    public ResidenceProofKind? Proof { get; init; }

    internal IEnumerable<Fault> Check(string path, RequestCheck check, DivisionLevel finest) =>
        ResidenceRequest.CheckLevel($"{path}.divisionCode", DivisionCode, check, finest);
}

/// <summary>For whom is applied: the household (57 art. 4), or one person alone (57 art. 8; N22 part 1(1)).</summary>
public sealed record FilingRequest
{
    public required FilingKind Kind { get; init; }

    /// <summary>For a single-person filing: its ground.</summary>
    public SinglePersonGround? Ground { get; init; }
}

/// <summary>A member as declared, with what the member receives, owns and consents to.</summary>
public sealed record MemberRequest
{
    /// <summary>The name as registered.</summary>
    [Text(100)]
    public required string Name { get; init; }

    /// <summary>The citizen identity number; absent only for a child who has none yet.</summary>
    [IdentityNumber]
    public string? IdentityNumber { get; init; }

    /// <summary>The birth date, only where there is no identity number that states it.</summary>
    [NotInTheFuture]
    public DateOnly? BornOn { get; init; }

    /// <summary>The relationship to the applicant.</summary>
    public required Relationship Relationship { get; init; }

    /// <summary>Where this member is registered, only where it differs from the applicant's registration.</summary>
    [KnownDivision]
    public string? RegisteredDivisionCode { get; init; }

    /// <summary>Whether the member is in full-time education up to a first degree (57 art. 7).</summary>
    public bool IsFullTimeStudent { get; init; }

    /// <summary>Whether the member lives with the others; default yes.</summary>
    public bool LivesWithHousehold { get; init; } = true;

    /// <summary>Why and since when the member is away.</summary>
    public AbsenceRequest? Absence { get; init; }

    /// <summary>An adult child who cannot live independently (57 art. 7(3)).</summary>
    public bool CannotSupportSelf { get; init; }

    /// <summary>The disability, as certified.</summary>
    public DisabilityRequest? Disability { get; init; }

    /// <summary>Whether a local department certified a major illness (57 art. 8(2)).</summary>
    public bool HasCertifiedMajorIllness { get; init; }

    /// <summary>Whether the member is in work.</summary>
    public bool IsEmployed { get; init; }

    /// <summary>Whether the member has full legal capacity; default yes.</summary>
    public bool HasLegalCapacity { get; init; } = true;

    /// <summary>What the member receives a month.</summary>
    public IReadOnlyList<IncomeRequest> Incomes { get; init; } = [];

    /// <summary>What the member owns.</summary>
    public IReadOnlyList<PropertyRequest> Properties { get; init; } = [];

    /// <summary>What could not be avoided spending on the member in the twelve months before (刚性支出).</summary>
    public IReadOnlyList<ExpenditureRequest> Expenditures { get; init; } = [];

    /// <summary>The consent to verification; without it departments are not asked and the household has to show everything itself.</summary>
    public ConsentRequest? Consent { get; init; }

    internal DateOnly? EffectiveBornOn =>
        Domain.Shared.IdentityNumber.TryParse(IdentityNumber, out var number) == IdentityNumberFault.None ? number.BornOn : BornOn;

    internal bool IsMinorOn(DateOnly day) => EffectiveBornOn is { } bornOn && (bornOn > day || bornOn.AddYears(18) > day);

    internal bool NeedsGuardianOn(DateOnly day) => IsMinorOn(day) || !HasLegalCapacity;

    internal IEnumerable<Fault> Check(
        string path, int position, IReadOnlyList<MemberRequest> members, FormAgentRequest? agent, RequestCheck check)
    {
        if (IdentityNumber is null && BornOn is null)
        {
            yield return new Fault($"{path}.identityNumber", "missing", "请填写身份证号码；尚无号码的孩子请填写出生日期。", "Give the identity number, or for a child without one the birth date.");
        }
        else if (IdentityNumber is null && !IsMinorOn(check.Today))
        {
            yield return new Fault($"{path}.identityNumber", "missing", "成年人请填写身份证号码。", "An adult needs an identity number.");
        }
        else if (IdentityNumber is not null && BornOn is not null)
        {
            yield return new Fault($"{path}.bornOn", "given-twice", "身份证号码已含出生日期，不必再填。", "The identity number states the birth date already; leave this out.");
        }

        foreach (var fault in RegisteredDivisionCode is { } code
            ? ResidenceRequest.CheckLevel($"{path}.registeredDivisionCode", code, check, DivisionLevel.Subdistrict)
            : [])
        {
            yield return fault;
        }

        if (Consent is not null)
        {
            foreach (var fault in Consent.Check($"{path}.consent", position, this, members, agent, check))
            {
                yield return fault;
            }
        }
    }
}

/// <summary>Somebody who owes a member support by law and lives elsewhere (赡养、抚养、扶养义务人).</summary>
public sealed record ObligorRequest
{
    [Text(100)]
    public required string Name { get; init; }

    [IdentityNumber]
    public required string IdentityNumber { get; init; }

    /// <summary>The relationship to the applicant.</summary>
    public required Relationship Relationship { get; init; }

    /// <summary>The day on which the obligor signed a consent of their own to verification; without it nobody is asked about them.</summary>
    [NotInTheFuture]
    public DateOnly? ConsentedOn { get; init; }
}

/// <summary>An absence, without a break since a day.</summary>
public sealed record AbsenceRequest
{
    public required AbsenceKind Kind { get; init; }

    /// <summary>The first day away.</summary>
    [NotInTheFuture]
    public required DateOnly SinceOn { get; init; }
}

/// <summary>A disability, as the certificate (残疾人证) states it.</summary>
public sealed record DisabilityRequest
{
    public required DisabilityKind Kind { get; init; }

    /// <summary>From 1, the gravest, to 4.</summary>
    [Within(1, 4)]
    public required int Grade { get; init; }
}

/// <summary>An income of one kind, per month, in fen.</summary>
public sealed record IncomeRequest
{
    public required IncomeKind Kind { get; init; }

    /// <summary>Fen per month.</summary>
    [Within(0, 100_000_000_00)]
    public required long MonthlyFen { get; init; }
}

/// <summary>Spending of one kind in the twelve months before the application, as far as it was left to the household, in fen.</summary>
public sealed record ExpenditureRequest
{
    public required ExpenditureKind Kind { get; init; }

    /// <summary>Fen in twelve months.</summary>
    [Within(0, 100_000_000_00)]
    public required long YearlyFen { get; init; }
}

/// <summary>An emergency, and what is needed to get through it, in fen.</summary>
public sealed record EmergencyRequest
{
    public required EmergencyKind Kind { get; init; }

    [NotInTheFuture]
    public required DateOnly OccurredOn { get; init; }

    /// <summary>Fen.</summary>
    [Within(1, 100_000_000_00)]
    public required long NeededFen { get; init; }
}

/// <summary>Property of one kind, valued in fen.</summary>
public sealed record PropertyRequest
{
    public required PropertyKind Kind { get; init; }

    /// <summary>Value in fen.</summary>
    [Within(0, 10_000_000_000_00)]
    public required long ValueFen { get; init; }

    /// <summary>How many, for houses and vehicles; default 1.</summary>
    [Within(1, 1_000)]
    public int Count { get; init; } = 1;

    /// <summary>Whether it is necessary for life or production (57 art. 14); default none.</summary>
    public PropertyExemption Exemption { get; init; } = PropertyExemption.None;
}

/// <summary>A signed consent to verification: an adult signs for themselves, an adult of the household or the guardian for a minor and for
/// somebody without legal capacity.</summary>
public sealed record ConsentRequest
{
    [NotInTheFuture]
    public required DateOnly SignedOn { get; init; }

    /// <summary>Which member signed, counted from 1; absent where the guardian of <c>agent</c> did.</summary>
    [Within(1, 20)]
    public int? SignedByMember { get; init; }

    /// <summary>Whether the guardian of <c>agent</c> signed, who need not be a member.</summary>
    public bool IsSignedByGuardian { get; init; }

    internal IEnumerable<Fault> Check(
        string path, int position, MemberRequest member, IReadOnlyList<MemberRequest> members, FormAgentRequest? agent, RequestCheck check)
    {
        if (SignedByMember is null != IsSignedByGuardian)
        {
            yield return new Fault($"{path}.signedByMember", "one-signer", "请填写签署的成员，或注明由监护人签署。", "Give the member who signed, or say that the guardian did.");
        }
        else if (IsSignedByGuardian)
        {
            if (agent?.Kind != AgentKind.Guardian || !member.NeedsGuardianOn(check.Today))
            {
                yield return new Fault($"{path}.isSignedByGuardian", "not-a-guardian", "监护人须在 agent 中填写，且只为不能自行办理的成员签署。", "The guardian is the agent of this form, and signs only for a member who cannot.");
            }
        }
        else if (SignedByMember > members.Count || SignedByMember < 1)
        {
            yield return new Fault($"{path}.signedByMember", "no-such-member", "没有这名成员。", "There is no such member.");
        }
        else if (SignedByMember != position && !member.NeedsGuardianOn(check.Today))
        {
            yield return new Fault($"{path}.signedByMember", "consent-for-someone-else", "成年人的授权须由本人签署。", "An adult's consent must be their own.");
        }
        else if (members[SignedByMember!.Value - 1].NeedsGuardianOn(check.Today))
        {
            yield return new Fault($"{path}.signedByMember", "signer-needs-a-guardian",
                "未成年人和无完全民事行为能力人的授权由监护人签署。", "The consent of a minor or of somebody without legal capacity is signed by a guardian.");
        }
    }
}

/// <summary>The signed integrity pledge.</summary>
public sealed record PledgeRequest
{
    [NotInTheFuture]
    public required DateOnly SignedOn { get; init; }
}
