using Assistance.Domain.Shared;

namespace Assistance.Domain.Households;

/// <summary>Whether a living member belongs to the household that is assessed.</summary>
public enum Standing
{
    Counts,
    DoesNotCount,

    /// <summary>What was declared does not decide it: the office looks and determines.</summary>
    NeedsReview,
}

/// <summary>Where one member stands, by which rule and article.</summary>
/// <param name="Rule">The deciding rule's code; its sentence is <c>composition.</c> and the code.</param>
public sealed record MemberStanding(Guid PersonId, Standing Standing, string Rule, string BasisCode);

/// <summary>
/// Who counts as a member (57 art. 7), or files alone (57 art. 8; N22 part 1(1)). For every living member a short list of
/// rules is tried in order; the last always answers, so that everybody has exactly one standing. What the office determined
/// settles what needed review, and nothing else.
/// </summary>
public sealed record HouseholdComposition
{
    /// <summary>The rule of a standing that the office determined.</summary>
    public const string DeterminedByTheOffice = "DeterminedByTheOffice";

    private static readonly Func<Situation, MemberStanding?>[] OfAHousehold =
    [
        ClergyLivingApartForThreeYearsDoNotCount,
        ThoseInPrisonRehabilitationOrMissingDoNotCount,
        TheApplicantCounts,
        ADoubtfulRelationshipNeedsReview,
        TheSpouseCountsWhereverLiving,
        MinorChildrenCount,
        AdultChildrenInFullTimeEducationCount,
        AdultChildrenWhoCannotSupportThemselvesCount,
        ParentsOfADependentApplicantCount,
        WhoeverIsLongAwayDoesNotCount,
        WhoeverIsAwaySinceAnUnknownDayNeedsReview,
        ParentsAndAdultChildrenLivingTogetherCount,
        TheDutyOfSupportNeedsReview,
    ];

    private static readonly Func<Situation, MemberStanding?>[] OfAPersonAlone =
    [
        OnlyTheApplicantOfASinglePersonFilingCounts,
        ThoseInPrisonRehabilitationOrMissingDoNotCount,
        ClergyOfThreeYearsFileAlone,
        UnemployedSeverelyDisabledAdultsFileAlone,
        TheHouseholdMustBeOfMarginalLowIncome,
        TheCountySetsTheGround,
        TheGroundIsNotBorneOut,
    ];

    /// <summary>The rules that a standing may name.</summary>
    public static IEnumerable<string> RuleNames =>
        OfAHousehold.Concat(OfAPersonAlone).Select(rule => rule.Method.Name).Append(DeterminedByTheOffice).Distinct();

    /// <summary>One standing for every living member.</summary>
    public required IReadOnlyList<MemberStanding> Standings { get; init; }

    /// <summary>Doubts about declared relationships that the office has yet to clear.</summary>
    public required IReadOnlyList<RelationshipDoubt> Doubts { get; init; }

    public int Counted => Standings.Count(member => member.Standing == Standing.Counts);

    public int Open => Standings.Count(member => member.Standing == Standing.NeedsReview);

    /// <param name="longAbsenceMonths">After how many months away cohabitation is no longer long-term (<c>composition.long-absence.months</c>).</param>
    public static HouseholdComposition Of(Household household, DateOnly on, int longAbsenceMonths)
    {
        var doubts = RelationshipDoubt.Of(household, on);
        var applicant = household.Members.FirstOrDefault(member => member.Relationship == Relationship.Self);
        var rules = household.Filing.Kind == FilingKind.SinglePerson ? OfAPersonAlone : OfAHousehold;
        return new HouseholdComposition
        {
            Standings =
            [
                .. household.LivingOn(on)
                    .Select(member => new Situation(member, household, applicant, doubts, on, longAbsenceMonths))
                    .Select(situation => situation.Determined(rules.Select(rule => rule(situation)).First(standing => standing is not null)!)),
            ],
            Doubts = [.. doubts.Where(doubt => doubt.Persons.Any(person => !household.HasCleared(person, doubt.Kind)))],
        };
    }

    /// <returns>Null for somebody who is no living member; an obligor is none.</returns>
    public Standing? StandingOf(Guid personId) => Standings.FirstOrDefault(member => member.PersonId == personId)?.Standing;

    // 57 art. 7, second paragraph (1): three years or more, without a break.
    private static MemberStanding? ClergyLivingApartForThreeYearsDoNotCount(Situation situation) =>
        IsClergyOfThreeYears(situation) ? situation.DoesNotCount(nameof(ClergyLivingApartForThreeYearsDoNotCount)) : null;

    // 57 art. 7, second paragraph (2); it excepts from the first paragraph, so a spouse in prison does not count either.
    private static MemberStanding? ThoseInPrisonRehabilitationOrMissingDoNotCount(Situation situation) =>
        situation.Absence?.Kind is AbsenceKind.Imprisonment or AbsenceKind.CompulsoryRehabilitation or AbsenceKind.DeclaredMissing
            ? situation.DoesNotCount(nameof(ThoseInPrisonRehabilitationOrMissingDoNotCount))
            : null;

    // 57 art. 4: the applicant is one of the members.
    private static MemberStanding? TheApplicantCounts(Situation situation) =>
        situation.Is(Relationship.Self) ? situation.Counts(nameof(TheApplicantCounts), LegalBases.HouseholdIsTheUnit) : null;

    private static MemberStanding? ADoubtfulRelationshipNeedsReview(Situation situation) =>
        situation.Doubts.Any() ? situation.NeedsReview(nameof(ADoubtfulRelationshipNeedsReview)) : null;

    // 57 art. 7(1), which asks for no cohabitation.
    private static MemberStanding? TheSpouseCountsWhereverLiving(Situation situation) =>
        situation.Is(Relationship.Spouse) ? situation.Counts(nameof(TheSpouseCountsWhereverLiving)) : null;

    // 57 art. 7(2), likewise.
    private static MemberStanding? MinorChildrenCount(Situation situation) =>
        situation.Is(Relationship.Child) && situation.Member.IsMinorOn(situation.On) ? situation.Counts(nameof(MinorChildrenCount)) : null;

    // 57 art. 7(3): up to a first degree, also while away at school.
    private static MemberStanding? AdultChildrenInFullTimeEducationCount(Situation situation) =>
        situation.Is(Relationship.Child) && situation.Member.IsFullTimeStudent
            ? situation.Counts(nameof(AdultChildrenInFullTimeEducationCount))
            : null;

    private static MemberStanding? AdultChildrenWhoCannotSupportThemselvesCount(Situation situation) =>
        situation.Is(Relationship.Child) && situation.Member.CannotSupportSelf
            ? situation.Counts(nameof(AdultChildrenWhoCannotSupportThemselvesCount))
            : null;

    // 57 art. 7(2) and (3) read from the child's side: where the child applies, the parents are of the same household.
    private static MemberStanding? ParentsOfADependentApplicantCount(Situation situation) =>
        situation.Is(Relationship.Parent) && situation.Applicant is { } applicant
            && (applicant.IsMinorOn(situation.On) || applicant.IsFullTimeStudent || applicant.CannotSupportSelf)
            ? situation.Counts(nameof(ParentsOfADependentApplicantCount))
            : null;

    // 57 art. 7(4) asks for long-term cohabitation of everybody not named before it.
    private static MemberStanding? WhoeverIsLongAwayDoesNotCount(Situation situation) =>
        situation.Absence is { } absence && absence.SinceOn.AddMonths(situation.LongAbsenceMonths) < situation.On
            ? situation.DoesNotCount(nameof(WhoeverIsLongAwayDoesNotCount))
            : null;

    private static MemberStanding? WhoeverIsAwaySinceAnUnknownDayNeedsReview(Situation situation) =>
        !situation.Member.LivesWithHousehold && situation.Absence is null
            ? situation.NeedsReview(nameof(WhoeverIsAwaySinceAnUnknownDayNeedsReview))
            : null;

    // 57 art. 7(4): parents and children owe each other support by law.
    private static MemberStanding? ParentsAndAdultChildrenLivingTogetherCount(Situation situation) =>
        situation.Is(Relationship.Parent) || situation.Is(Relationship.Child)
            ? situation.Counts(nameof(ParentsAndAdultChildrenLivingTogetherCount))
            : null;

    // 57 art. 7(4): whether grandparents, grandchildren and siblings owe support depends on who else is alive and able;
    // other dependants owe none by their relationship alone.
    private static MemberStanding? TheDutyOfSupportNeedsReview(Situation situation) =>
        situation.NeedsReview(nameof(TheDutyOfSupportNeedsReview));

    private static MemberStanding? OnlyTheApplicantOfASinglePersonFilingCounts(Situation situation) =>
        situation.Is(Relationship.Self) ? null : situation.DoesNotCount(nameof(OnlyTheApplicantOfASinglePersonFilingCounts), situation.GroundBasis);

    // 57 art. 8(3).
    private static MemberStanding? ClergyOfThreeYearsFileAlone(Situation situation) =>
        situation.Ground == SinglePersonGround.ReligiousLife && IsClergyOfThreeYears(situation)
            ? situation.Counts(nameof(ClergyOfThreeYearsFileAlone), situation.GroundBasis)
            : null;

    // N22 part 1(1), which asks for no household of marginal low income.
    private static MemberStanding? UnemployedSeverelyDisabledAdultsFileAlone(Situation situation) =>
        situation.Ground == SinglePersonGround.UnemployedSevereDisability
            && situation.Member is { IsEmployed: false, Disability.IsSevere: true } && !situation.Member.IsMinorOn(situation.On)
            ? situation.Counts(nameof(UnemployedSeverelyDisabledAdultsFileAlone), situation.GroundBasis)
            : null;

    // 57 art. 8(1) and (2): borne out by what was declared, but the economy of the whole household is yet to be looked at.
    private static MemberStanding? TheHouseholdMustBeOfMarginalLowIncome(Situation situation) =>
        (situation.Ground == SinglePersonGround.Disability && IsDisabledBy57Article8(situation.Member.Disability))
            || (situation.Ground == SinglePersonGround.MajorIllness && situation.Member.HasCertifiedMajorIllness)
            ? situation.NeedsReview(nameof(TheHouseholdMustBeOfMarginalLowIncome), situation.GroundBasis)
            : null;

    // 57 art. 8(4): which others there are was not found.
    private static MemberStanding? TheCountySetsTheGround(Situation situation) =>
        situation.Ground == SinglePersonGround.SetByTheCounty
            ? situation.NeedsReview(nameof(TheCountySetsTheGround), situation.GroundBasis)
            : null;

    private static MemberStanding? TheGroundIsNotBorneOut(Situation situation) =>
        situation.NeedsReview(nameof(TheGroundIsNotBorneOut), situation.GroundBasis);

    private static bool IsClergyOfThreeYears(Situation situation) =>
        situation.Absence is { Kind: AbsenceKind.ReligiousLife } absence && absence.SinceOn.AddYears(3) <= situation.On;

    private static bool IsDisabledBy57Article8(Disability? disability) =>
        disability is { IsSevere: true } or { Grade: 3, Kind: DisabilityKind.Intellectual or DisabilityKind.Mental };

    private sealed record Situation(
        HouseholdMember Member, Household Household, HouseholdMember? Applicant, IReadOnlyList<RelationshipDoubt> AllDoubts, DateOnly On, int LongAbsenceMonths)
    {
        public Absence? Absence => Member.AbsenceOn(On);

        public SinglePersonGround? Ground => Household.Filing.Ground;

        public string GroundBasis => Ground == SinglePersonGround.UnemployedSevereDisability
            ? LegalBases.UnemployedDisabledFileAlone
            : LegalBases.SinglePersonFiling;

        public IEnumerable<RelationshipDoubtKind> Doubts =>
            AllDoubts.Where(doubt => doubt.Persons.Contains(Member.PersonId)).Select(doubt => doubt.Kind);

        public bool Is(Relationship relationship) => Member.Relationship == relationship;

        public MemberStanding Counts(string rule, string basis = LegalBases.HouseholdMembers) => new(Member.PersonId, Standing.Counts, rule, basis);

        public MemberStanding DoesNotCount(string rule, string basis = LegalBases.HouseholdMembers) =>
            new(Member.PersonId, Standing.DoesNotCount, rule, basis);

        public MemberStanding NeedsReview(string rule, string basis = LegalBases.HouseholdMembers) =>
            new(Member.PersonId, Standing.NeedsReview, rule, basis);

        /// <summary>What the office determined settles what needed review; a doubt only where the determination names it.</summary>
        public MemberStanding Determined(MemberStanding standing) =>
            standing.Standing == Standing.NeedsReview && Household.DeterminationOf(Member.PersonId) is { } determination
                && (standing.Rule != nameof(ADoubtfulRelationshipNeedsReview) || Doubts.All(determination.Clears))
                ? standing with { Standing = determination.Counts ? Standing.Counts : Standing.DoesNotCount, Rule = DeterminedByTheOffice }
                : standing;
    }
}
