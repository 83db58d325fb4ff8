using Assistance.Api.Features.Reference;
using Assistance.Domain.Assessments;
using Assistance.Domain.Households;
using Assistance.Domain.Lookups;
using Assistance.Domain.Shared;

namespace Assistance.Api.Features.Assessments;

/// <summary>The judgement with every finding, its numbers, rule, basis and sentence. Amounts are fen per month.</summary>
public sealed record AssessmentResponse
{
    public required Guid AssessmentId { get; init; }

    /// <summary>The programme applied for; outcome, findings and amount are for it.</summary>
    public required Programme Programme { get; init; }

    public required Outcome Outcome { get; init; }

    public required int Members { get; init; }

    /// <summary>Before anything is taken off.</summary>
    public required long GrossMonthlyFen { get; init; }

    /// <summary>Taken off for work costs and unavoidable spending.</summary>
    public required IReadOnlyList<DeductionLineResponse> Deductions { get; init; }

    /// <summary>After what is taken off.</summary>
    public required long MonthlyIncomeFen { get; init; }

    /// <summary>Rounded down to the fen.</summary>
    public required long PerCapitaFen { get; init; }

    public required long StandardFen { get; init; }

    /// <summary>The monthly allowance it leads to; zero where not eligible.</summary>
    public required long MonthlyFen { get; init; }

    /// <summary>How the amount comes about.</summary>
    public required AllowanceResponse Allowance { get; init; }

    /// <summary>How the household stands for every programme that has rules here, the highest first (分层分类).</summary>
    public required IReadOnlyList<ScreeningResponse> Screenings { get; init; }

    /// <summary>The highest class of households that it fits.</summary>
    public Programme? Highest { get; init; }

    /// <summary>What else the household can have or apply for by what was found.</summary>
    public required IReadOnlyList<OtherProgrammeResponse> Others { get; init; }

    /// <summary>Whether any number used is a sample and no official one.</summary>
    public required bool UsesSamples { get; init; }

    public required IReadOnlyList<FindingResponse> Findings { get; init; }

    /// <summary>Where every living member stands: who counts, by which rule and article.</summary>
    public required IReadOnlyList<MemberStandingResponse> Standings { get; init; }

    public required IReadOnlyList<IncomeLineResponse> Incomes { get; init; }

    /// <summary>Added up; what counts against the limit.</summary>
    public required long FinancialAssetsFen { get; init; }

    public required IReadOnlyList<AssetLineResponse> Assets { get; init; }

    /// <summary>Houses and vehicles.</summary>
    public required IReadOnlyList<CountLineResponse> PropertyCounts { get; init; }

    public static AssessmentResponse Of(Guid id, Programme programme, Assessment assessment, DateOnly on, ReferenceData reference, Language language) => new()
    {
        AssessmentId = id,
        Programme = programme,
        Outcome = assessment.Outcome,
        Members = assessment.Economy.Members,
        GrossMonthlyFen = assessment.Economy.GrossMonthlyFen.Fen,
        Deductions = [.. assessment.Economy.Deductions.Select(line => new DeductionLineResponse(line.PersonId, line.Kind, line.MonthlyFen.Fen, line.ParameterCode, line.BasisCode))],
        MonthlyIncomeFen = assessment.Economy.MonthlyIncomeFen.Fen,
        PerCapitaFen = assessment.Economy.PerCapitaFen.Fen,
        StandardFen = assessment.StandardFen.Fen,
        MonthlyFen = assessment.MonthlyFen.Fen,
        Allowance = AllowanceResponse.Of(assessment.Allowance),
        Screenings = [.. assessment.Screenings.Select(screening => ScreeningResponse.Of(screening, on, reference, language))],
        Highest = assessment.Highest,
        Others = [.. assessment.Others(programme).Select(other => new OtherProgrammeResponse(
            other, reference.Texts.Word(other.ToString(), language), LegalBasisResponse.Of(reference.LegalBasis(ProgrammeRules.BasisOf(other), on), language)))],
        UsesSamples = assessment.UsesSamples,
        Findings = [.. assessment.Findings.Select(finding => FindingResponse.Of(finding, on, reference, language))],
        // An assessment stored before composition was judged names nobody.
        Standings = [.. (assessment.Composition?.Standings ?? []).Select(member => MemberStandingResponse.Of(member, on, reference, language))],
        Incomes = [.. assessment.Economy.Incomes.Select(IncomeLineResponse.Of)],
        FinancialAssetsFen = assessment.Economy.FinancialAssetsFen.Fen,
        Assets = [.. assessment.Economy.Assets.Select(AssetLineResponse.Of)],
        PropertyCounts = [.. assessment.Economy.PropertyCounts.Select(CountLineResponse.Of)],
    };
}

/// <summary>An amount and what it is made of; fen a month, or once.</summary>
public sealed record AllowanceResponse
{
    public required AllowanceMethod Method { get; init; }

    /// <summary>Before rounding and what comes on top.</summary>
    public required long BaseFen { get; init; }

    /// <summary>分类施保: what single members get on top.</summary>
    public required IReadOnlyList<TopUpResponse> TopUps { get; init; }

    /// <summary>What is paid.</summary>
    public required long AmountFen { get; init; }

    public required bool IsOnce { get; init; }

    public static AllowanceResponse Of(Allowance allowance) => new()
    {
        Method = allowance.Method,
        BaseFen = allowance.BaseFen.Fen,
        TopUps = [.. allowance.TopUps.Select(topUp => new TopUpResponse(topUp.PersonId, topUp.Category, topUp.Percent, topUp.MonthlyFen.Fen))],
        AmountFen = allowance.AmountFen.Fen,
        IsOnce = allowance.IsOnce,
    };
}

/// <summary>What one member gets on top: a percentage of the standard, fen a month.</summary>
public sealed record TopUpResponse(Guid PersonId, TopUpCategory Category, int Percent, long MonthlyFen);

/// <summary>Something taken off the household's income for one member, fen a month.</summary>
public sealed record DeductionLineResponse(Guid PersonId, DeductionKind Kind, long MonthlyFen, string ParameterCode, string LegalBasisCode);

/// <summary>Something else that the household can have or apply for, and by which article.</summary>
public sealed record OtherProgrammeResponse(Programme Programme, string Name, LegalBasisResponse LegalBasis);

/// <summary>How a household stands for one programme; the findings are those of this programme alone.</summary>
public sealed record ScreeningResponse(Programme Programme, Outcome Outcome, AllowanceResponse Allowance, IReadOnlyList<FindingResponse> Findings)
{
    internal static ScreeningResponse Of(ProgrammeScreening screening, DateOnly on, ReferenceData reference, Language language) => new(
        screening.Programme,
        screening.Outcome,
        AllowanceResponse.Of(screening.Allowance),
        [.. screening.Findings.Select(finding => FindingResponse.Of(finding, on, reference, language))]);
}

/// <summary>Where one member stands, in words and by article (57 art. 7 and 8).</summary>
public sealed record MemberStandingResponse(Guid PersonId, Standing Standing, string Rule, string Sentence, LegalBasisResponse LegalBasis)
{
    internal static MemberStandingResponse Of(MemberStanding member, DateOnly on, ReferenceData reference, Language language) => new(
        member.PersonId,
        member.Standing,
        member.Rule,
        reference.Texts.Sentence($"composition.{member.Rule}", new Dictionary<string, string>(), on, language),
        LegalBasisResponse.Of(reference.LegalBasis(member.BasisCode, on), language));
}

/// <summary>What one rule found, in words, with its numbers and articles.</summary>
public sealed record FindingResponse
{
    public required string Rule { get; init; }

    public required int RuleVersion { get; init; }

    public required string Code { get; init; }

    public required Outcome Outcome { get; init; }

    public required string Sentence { get; init; }

    /// <summary>The numbers used; names ending in Fen are fen, in On dates.</summary>
    public required IReadOnlyDictionary<string, string> Arguments { get; init; }

    public required IReadOnlyList<LegalBasisResponse> LegalBases { get; init; }

    public static FindingResponse Of(Finding finding, DateOnly on, ReferenceData reference, Language language) => new()
    {
        Rule = finding.Rule,
        RuleVersion = finding.RuleVersion,
        Code = finding.Code,
        Outcome = finding.Outcome,
        Sentence = reference.Texts.Sentence(finding.Code, finding.Arguments, on, language),
        Arguments = finding.Arguments,
        LegalBases = [.. finding.BasisCodes.Select(code => LegalBasisResponse.Of(reference.LegalBasis(code, on), language))],
    };
}

/// <summary>One kind of income of one member: declared, stated by a department, and what was counted and whose figure it is.</summary>
public sealed record IncomeLineResponse
{
    public required Guid PersonId { get; init; }

    public required IncomeKind Kind { get; init; }

    public required IncomeClass IncomeClass { get; init; }

    public required long DeclaredFen { get; init; }

    public long? DepartmentFen { get; init; }

    public required FigureOrigin Origin { get; init; }

    /// <summary>Why this figure was taken and no other.</summary>
    public required FigureReason Reason { get; init; }

    public LookupSource? Source { get; init; }

    public Guid? LookupId { get; init; }

    /// <summary>The officer's resolution that the figure follows, where statements differ.</summary>
    public Guid? ResolutionId { get; init; }

    public required long CountedFen { get; init; }

    public required string LegalBasisCode { get; init; }

    public static IncomeLineResponse Of(IncomeLine line) => new()
    {
        PersonId = line.PersonId,
        Kind = line.Kind,
        IncomeClass = line.IncomeClass,
        DeclaredFen = line.DeclaredFen.Fen,
        DepartmentFen = line.DepartmentFen?.Fen,
        Origin = line.Origin,
        Reason = line.Reason,
        Source = line.Source,
        LookupId = line.LookupId,
        ResolutionId = line.ResolutionId,
        CountedFen = line.CountedFen.Fen,
        LegalBasisCode = line.BasisCode,
    };
}

/// <summary>One kind of financial asset of one member: declared, stated by departments, and what was counted and whose figure it is.</summary>
public sealed record AssetLineResponse
{
    public required Guid PersonId { get; init; }

    public required PropertyKind Kind { get; init; }

    public required long DeclaredFen { get; init; }

    public long? DepartmentFen { get; init; }

    public required FigureOrigin Origin { get; init; }

    /// <summary>Why this figure was taken and no other.</summary>
    public required FigureReason Reason { get; init; }

    public LookupSource? Source { get; init; }

    public Guid? LookupId { get; init; }

    public Guid? ResolutionId { get; init; }

    public required long CountedFen { get; init; }

    public required string LegalBasisCode { get; init; }

    public static AssetLineResponse Of(AssetLine line) => new()
    {
        PersonId = line.PersonId,
        Kind = line.Kind,
        DeclaredFen = line.DeclaredFen.Fen,
        DepartmentFen = line.DepartmentFen?.Fen,
        Origin = line.Origin,
        Reason = line.Reason,
        Source = line.Source,
        LookupId = line.LookupId,
        ResolutionId = line.ResolutionId,
        CountedFen = line.CountedFen.Fen,
        LegalBasisCode = line.BasisCode,
    };
}

/// <summary>Houses or vehicles of one member: how many were declared, are on record, and count, and whose number it is.</summary>
public sealed record CountLineResponse
{
    public required Guid PersonId { get; init; }

    public required PropertyKind Kind { get; init; }

    public required int Declared { get; init; }

    public int? Department { get; init; }

    public required FigureOrigin Origin { get; init; }

    /// <summary>Why this figure was taken and no other.</summary>
    public required FigureReason Reason { get; init; }

    public LookupSource? Source { get; init; }

    public Guid? LookupId { get; init; }

    public Guid? ResolutionId { get; init; }

    /// <summary>Less the vehicles that are exempt.</summary>
    public required int Counted { get; init; }

    public required string LegalBasisCode { get; init; }

    public static CountLineResponse Of(CountLine line) => new()
    {
        PersonId = line.PersonId,
        Kind = line.Kind,
        Declared = line.Declared,
        Department = line.Department,
        Origin = line.Origin,
        Reason = line.Reason,
        Source = line.Source,
        LookupId = line.LookupId,
        ResolutionId = line.ResolutionId,
        Counted = line.Counted,
        LegalBasisCode = line.BasisCode,
    };
}
