using Assistance.Domain.Assessments.Rules;
using Assistance.Domain.Shared;

namespace Assistance.Domain.Assessments;

/// <summary>The rules of every programme, in one place and in order: the highest programme first.</summary>
public static class ProgrammeRules
{
    /// <summary>Where nobody of the household is alive.</summary>
    internal static readonly IAssessmentRule[] OfNobody = [new AMemberSurvives()];

    /// <summary>What is judged whoever counts, and whether that is clear.</summary>
    internal static readonly IAssessmentRule[] OfTheMembers =
    [
        new RegistrationAgreesWithTheRegister(),
        new NoMemberIsRecordedDead(),
        new ReportedDeathsAreOnRecord(),
        new MeansOfEveryMemberAreShown(),
        new DisagreementsAreResolved(),
        new CompositionIsClear(),
    ];

    // 特困 (Act art. 16; 特困人员认定办法 art. 4).
    private static readonly IAssessmentRule[] ExtremePoverty =
    [
        new TheApplicantCannotWork(),
        new TheApplicantHasNoMeansOfLivelihood(),
        .. PropertyOf(Programme.ExtremePovertySupport),
        new NobodyAbleOwesSupport(),
    ];

    // 低保 (Act art. 18; 57 art. 13 and 14).
    private static readonly IAssessmentRule[] Subsistence =
        [new PerCapitaIncomeIsBelowTheStandard(), .. PropertyOf(Programme.SubsistenceAllowance)];

    // 低保边缘 (Act art. 21; 57 art. 8).
    private static readonly IAssessmentRule[] Marginal =
        [new PerCapitaIncomeIsBelowTheMarginalLine(), .. PropertyOf(Programme.MarginalLowIncome)];

    // 刚性支出困难 (Act art. 22; GX art. 4).
    private static readonly IAssessmentRule[] EssentialExpenditure =
    [
        new PerCapitaIncomeIsBelowDisposableIncome(Programme.EssentialExpenditureHardship),
        .. PropertyOf(Programme.EssentialExpenditureHardship),
        new RigidSpendingWeighsHeavily(),
    ];

    // 临时救助, 支出型 (临时救助意见 2018 part 2(1)); for 急难型 neither income nor property is asked about before the help.
    private static readonly IAssessmentRule[] HeavySpending =
    [
        new PerCapitaIncomeIsBelowDisposableIncome(Programme.TemporaryAssistance),
        .. PropertyOf(Programme.TemporaryAssistance),
        new RigidSpendingWeighsHeavily(Programme.TemporaryAssistance),
    ];

    /// <summary>Every programme that has rules, in the order in which they are screened.</summary>
    public static readonly IReadOnlyList<Programme> Screened =
    [
        Programme.ExtremePovertySupport,
        Programme.SubsistenceAllowance,
        Programme.MarginalLowIncome,
        Programme.EssentialExpenditureHardship,
        Programme.TemporaryAssistance,
    ];

    /// <summary>Whether a programme is one of the four classes of households (Act art. 13), of which a household is in one.</summary>
    public static bool IsLayer(Programme programme) => programme != Programme.TemporaryAssistance && Screened.Contains(programme);

    /// <summary>What households of a class may apply for besides (Act art. 24 to 27); employment is not for who cannot work.</summary>
    public static IEnumerable<Programme> OpenedBy(Programme layer) => layer == Programme.ExtremePovertySupport
        ? [Programme.MedicalAssistance, Programme.EducationAssistance, Programme.HousingAssistance]
        : [Programme.MedicalAssistance, Programme.EducationAssistance, Programme.HousingAssistance, Programme.EmploymentAssistance];

    /// <summary>The rules of a programme; those of the lower ones ask what was found for the higher.</summary>
    internal static IEnumerable<IAssessmentRule> Of(Programme programme, AssessmentInput input, IReadOnlyList<ProgrammeScreening> higher) => programme switch
    {
        Programme.ExtremePovertySupport => ExtremePoverty,
        Programme.SubsistenceAllowance => Subsistence,
        Programme.MarginalLowIncome => [new NoHigherProgrammeFits([.. higher], LegalBases.BelowTheMarginalLine), .. Marginal],
        Programme.EssentialExpenditureHardship => [new NoHigherProgrammeFits([.. higher], LegalBases.EssentialExpenditureConditions), .. EssentialExpenditure],
        Programme.TemporaryAssistance => input.Household.Emergency is { } emergency ? [new AnEmergencyCallsForHelp(emergency)] : HeavySpending,
        _ => throw Refusals.NoRulesForProgramme(programme.ToString()),
    };

    /// <summary>What of the findings on the members a programme hears: an emergency waits for no department and no paper (Act art. 50).</summary>
    internal static IEnumerable<Finding> Heard(Programme programme, AssessmentInput input, IReadOnlyList<Finding> common) =>
        programme == Programme.TemporaryAssistance && input.Household.Emergency is not null ? [] : common;

    /// <summary>The article by which a programme is given.</summary>
    public static string BasisOf(Programme programme) => programme switch
    {
        Programme.ExtremePovertySupport => LegalBases.ExtremePoverty,
        Programme.SubsistenceAllowance => LegalBases.BelowTheStandard,
        Programme.MarginalLowIncome => LegalBases.BelowTheMarginalLine,
        Programme.EssentialExpenditureHardship => LegalBases.EssentialExpenditure,
        Programme.TemporaryAssistance => LegalBases.TemporaryAssistanceDefined,
        Programme.MedicalAssistance => LegalBases.MedicalAssistance,
        Programme.EducationAssistance => LegalBases.EducationAssistance,
        Programme.HousingAssistance => LegalBases.HousingAssistance,
        _ => LegalBases.EmploymentAssistance,
    };

    /// <exception cref="RuleViolation">no-rules-for-programme: another office decides it, and nothing is judged by another's rules.</exception>
    public static void RequireRules(Programme programme)
    {
        if (!Screened.Contains(programme))
        {
            throw Refusals.NoRulesForProgramme(programme.ToString());
        }
    }

    private static IAssessmentRule[] PropertyOf(Programme programme) =>
        [new FinancialAssetsAreWithinTheLimit(programme), new VehiclesAreWithinTheLimit(programme), new HousesAreWithinTheLimit(programme)];
}
