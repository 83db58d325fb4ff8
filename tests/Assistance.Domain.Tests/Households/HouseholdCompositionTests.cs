using Assistance.Domain.Households;
using CsCheck;
using NUnit.Framework;
using static Assistance.Domain.Tests.SyntheticHouseholds;

namespace Assistance.Domain.Tests.Households;

/// <summary>Who counts by 57 art. 7, and who files alone by 57 art. 8 and N22 part 1(1).</summary>
public sealed class HouseholdCompositionTests
{
    private const int LongAbsenceMonths = 6;
    private static readonly DateOnly Adult = new(1990, 1, 1);
    private static readonly DateOnly Old = new(1950, 1, 1);

    private static readonly Gen<HouseholdMember> AnyMember =
        Gen.Select(
            Gen.Enum<Relationship>(),
            Gen.Int[1920, 2026],
            Gen.Bool.Array[4],
            Gen.Null(Gen.Select(Gen.Enum<AbsenceKind>(), Gen.Int[0, 60], (kind, months) => new Absence(kind, Today.AddMonths(-months)))),
            Gen.Null(Gen.Select(Gen.Enum<DisabilityKind>(), Gen.Int[1, 4], (kind, grade) => new Disability(kind, grade))),
            (relationship, year, flags, absence, disability) => AMember(Guid.CreateVersion7(), relationship, new DateOnly(year, 6, 1)) with
            {
                LivesWithHousehold = flags[0],
                IsFullTimeStudent = flags[1],
                CannotSupportSelf = flags[2],
                HasCertifiedMajorIllness = flags[3],
                Absence = absence,
                Disability = disability,
            });

    private static readonly Gen<Filing> AnyFiling =
        Gen.Select(Gen.Enum<FilingKind>(), Gen.Enum<SinglePersonGround>(), Gen.Bool, (kind, ground, isGiven) => new Filing(kind, isGiven ? ground : null));

    [TestCase(Relationship.Self, "1990-01-01", Standing.Counts, "TheApplicantCounts", "57-4")]
    [TestCase(Relationship.Spouse, "1990-01-01", Standing.Counts, "TheSpouseCountsWhereverLiving", "57-7", TestName = "57_7_1_the_spouse")]
    [TestCase(Relationship.Child, "2014-05-06", Standing.Counts, "MinorChildrenCount", "57-7", TestName = "57_7_2_a_minor_child")]
    [TestCase(Relationship.Child, "2008-09-11", Standing.Counts, "MinorChildrenCount", "57-7", TestName = "57_7_2_on_the_day_before_the_eighteenth_birthday")]
    [TestCase(Relationship.Child, "2008-09-10", Standing.Counts, "ParentsAndAdultChildrenLivingTogetherCount", "57-7", TestName = "57_7_4_on_the_eighteenth_birthday")]
    [TestCase(Relationship.Parent, "1950-01-01", Standing.Counts, "ParentsAndAdultChildrenLivingTogetherCount", "57-7", TestName = "57_7_4_a_parent_living_with_them")]
    [TestCase(Relationship.Grandparent, "1930-01-01", Standing.NeedsReview, "TheDutyOfSupportNeedsReview", "57-7", TestName = "57_7_4_a_grandparent")]
    [TestCase(Relationship.Grandchild, "2020-01-01", Standing.NeedsReview, "TheDutyOfSupportNeedsReview", "57-7", TestName = "57_7_4_a_grandchild")]
    [TestCase(Relationship.Sibling, "1990-01-01", Standing.NeedsReview, "TheDutyOfSupportNeedsReview", "57-7", TestName = "57_7_4_a_sibling")]
    [TestCase(Relationship.OtherDependant, "1990-01-01", Standing.NeedsReview, "TheDutyOfSupportNeedsReview", "57-7", TestName = "57_7_4_another_dependant")]
    public void Of_those_living_together(Relationship relationship, string bornOn, Standing standing, string rule, string basis)
    {
        var member = AMember(Stranger, relationship, Seeds.Day(bornOn)!.Value);

        Assert.That(
            Of(relationship == Relationship.Self ? [member] : [AMember(), member]),
            Is.EqualTo(new MemberStanding(Stranger, standing, rule, basis)));
    }

    // Away for five years, which ends long-term cohabitation and nothing else.
    [TestCase(Relationship.Spouse, "1990-01-01", false, false, Standing.Counts, "TheSpouseCountsWhereverLiving", TestName = "57_7_1_a_spouse_counts_wherever_living")]
    [TestCase(Relationship.Child, "2014-05-06", false, false, Standing.Counts, "MinorChildrenCount", TestName = "57_7_2_a_minor_child_counts_wherever_living")]
    [TestCase(Relationship.Child, "2005-01-01", true, false, Standing.Counts, "AdultChildrenInFullTimeEducationCount", TestName = "57_7_3_a_student_counts_while_away_at_school")]
    [TestCase(Relationship.Child, "2005-01-01", false, true, Standing.Counts, "AdultChildrenWhoCannotSupportThemselvesCount", TestName = "57_7_3_an_adult_child_who_cannot_live_independently")]
    [TestCase(Relationship.Child, "2005-01-01", false, false, Standing.DoesNotCount, "WhoeverIsLongAwayDoesNotCount", TestName = "57_7_4_an_adult_child_long_away")]
    [TestCase(Relationship.Parent, "1950-01-01", false, false, Standing.DoesNotCount, "WhoeverIsLongAwayDoesNotCount", TestName = "57_7_4_a_parent_long_away")]
    [TestCase(Relationship.Parent, "1950-01-01", true, true, Standing.DoesNotCount, "WhoeverIsLongAwayDoesNotCount", TestName = "57_7_3_is_of_children_and_not_of_parents")]
    [TestCase(Relationship.Sibling, "1990-01-01", false, false, Standing.DoesNotCount, "WhoeverIsLongAwayDoesNotCount", TestName = "57_7_4_a_sibling_long_away")]
    public void Of_those_long_away(Relationship relationship, string bornOn, bool isStudent, bool cannotSupportSelf, Standing standing, string rule) =>
        Assert.That(
            Of(
            [
                AMember() with { BornOn = new DateOnly(1970, 1, 1) },
                Away(AMember(Stranger, relationship, Seeds.Day(bornOn)!.Value), AbsenceKind.LivesElsewhere, Today.AddYears(-5)) with
                {
                    IsFullTimeStudent = isStudent,
                    CannotSupportSelf = cannotSupportSelf,
                },
            ]),
            Is.EqualTo(new MemberStanding(Stranger, standing, rule, "57-7")));

    // Six months by the parameter: longer than that is long.
    [TestCase("2026-03-10", Standing.Counts, TestName = "Away_for_exactly_the_months_of_the_parameter_still_counts")]
    [TestCase("2026-03-09", Standing.DoesNotCount, TestName = "Away_a_day_longer_does_not")]
    [TestCase("2026-09-11", Standing.Counts, TestName = "An_absence_yet_to_begin_decides_nothing")]
    public void A_long_absence_is_longer_than_the_parameter(string since, Standing standing) =>
        Assert.That(
            Of([AMember(), AMember(Stranger, Relationship.Parent, Old) with { Absence = new Absence(AbsenceKind.LivesElsewhere, Seeds.Day(since)!.Value) }]).Standing,
            Is.EqualTo(standing));

    [Test]
    public void Another_parameter_gives_another_answer()
    {
        var household = AHouseholdOf([AMember(), Away(AMember(Stranger, Relationship.Parent, Old), AbsenceKind.LivesElsewhere, Today.AddMonths(-8))]);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(HouseholdComposition.Of(household, Today, 6).StandingOf(Stranger), Is.EqualTo(Standing.DoesNotCount));
            Assert.That(HouseholdComposition.Of(household, Today, 12).StandingOf(Stranger), Is.EqualTo(Standing.Counts));
        }
    }

    [TestCase(Relationship.Parent)]
    [TestCase(Relationship.Sibling)]
    public void Whoever_is_away_since_an_unknown_day_needs_review(Relationship relationship) =>
        Assert.That(
            Of([AMember(), AMember(Stranger, relationship, Old) with { LivesWithHousehold = false }]),
            Is.EqualTo(new MemberStanding(Stranger, Standing.NeedsReview, "WhoeverIsAwaySinceAnUnknownDayNeedsReview", "57-7")));

    // 57 art. 7, second paragraph (2): though a spouse, a minor child or a student.
    [Test]
    public void Prison_rehabilitation_and_a_declared_absence_except_everybody(
        [Values(AbsenceKind.Imprisonment, AbsenceKind.CompulsoryRehabilitation, AbsenceKind.DeclaredMissing)] AbsenceKind kind,
        [Values(Relationship.Spouse, Relationship.Child, Relationship.Parent, Relationship.Grandparent)] Relationship relationship) =>
        Assert.That(
            Of([AMember(), Away(AMember(Stranger, relationship, new DateOnly(2012, 1, 1)), kind, Today)]),
            Is.EqualTo(new MemberStanding(Stranger, Standing.DoesNotCount, "ThoseInPrisonRehabilitationOrMissingDoNotCount", "57-7")));

    [TestCase("2026-09-10", Standing.DoesNotCount)]
    [TestCase("2026-09-11", Standing.Counts)]
    public void A_sentence_yet_to_begin_excepts_nobody(string since, Standing standing) =>
        Assert.That(
            Of([AMember(), Away(AMember(Stranger, Relationship.Spouse, Adult), AbsenceKind.Imprisonment, Seeds.Day(since)!.Value)]).Standing,
            Is.EqualTo(standing));

    // 57 art. 7, second paragraph (1).
    [TestCase("2023-09-10", Relationship.Spouse, Standing.DoesNotCount, "ClergyLivingApartForThreeYearsDoNotCount", TestName = "Clergy_apart_for_exactly_three_years_do_not_count")]
    [TestCase("2023-09-11", Relationship.Spouse, Standing.Counts, "TheSpouseCountsWhereverLiving", TestName = "Clergy_apart_for_a_day_less_count_by_the_other_rules")]
    [TestCase("2023-09-11", Relationship.Parent, Standing.DoesNotCount, "WhoeverIsLongAwayDoesNotCount", TestName = "And_by_the_other_rules_a_parent_does_not_live_with_them")]
    public void Of_clergy(string since, Relationship relationship, Standing standing, string rule) =>
        Assert.That(
            Of([AMember(), Away(AMember(Stranger, relationship, Old), AbsenceKind.ReligiousLife, Seeds.Day(since)!.Value)]),
            Is.EqualTo(new MemberStanding(Stranger, standing, rule, "57-7")));

    // 57 art. 7(2) and (3) read from the child's side.
    [TestCase("2010-01-01", false, false, Standing.Counts, TestName = "The_parents_of_a_minor_applicant_count_wherever_living")]
    [TestCase("2005-01-01", true, false, Standing.Counts)]
    [TestCase("2005-01-01", false, true, Standing.Counts)]
    [TestCase("2005-01-01", false, false, Standing.DoesNotCount)]
    public void Of_the_parents_of_the_applicant(string bornOn, bool isStudent, bool cannotSupportSelf, Standing standing) =>
        Assert.That(
            Of(
            [
                AMember(bornOn: Seeds.Day(bornOn)!.Value) with { IsFullTimeStudent = isStudent, CannotSupportSelf = cannotSupportSelf },
                Away(AMember(Stranger, Relationship.Parent, new DateOnly(1975, 1, 1)), AbsenceKind.LivesElsewhere, Today.AddYears(-2)),
            ]).Standing,
            Is.EqualTo(standing));

    [Test]
    public void The_dead_have_no_standing() =>
        Assert.That(HouseholdComposition.Of(ABoringHousehold().WhereDied(Child, Today), Today, LongAbsenceMonths).StandingOf(Child), Is.Null);

    // 57 art. 13: what they pay is income, and they themselves are nobody's household.
    [Test]
    public void An_obligor_is_no_member_and_never_counted()
    {
        var household = ABoringHousehold() with { Obligors = [new Obligor(Stranger, Relationship.Parent)] };

        using (Assert.EnterMultipleScope())
        {
            Assert.That(HouseholdComposition.Of(household, Today, LongAbsenceMonths).StandingOf(Stranger), Is.Null);
            Assert.That(household.CountedOn(Today, LongAbsenceMonths).Select(member => member.PersonId), Is.EqualTo([Mother, Child]));
            Assert.That(household.Has(Stranger), Is.False);
        }
    }

    [TestCase(SinglePersonGround.Disability, DisabilityKind.Physical, 1, "TheHouseholdMustBeOfMarginalLowIncome", TestName = "57_8_1_grade_1")]
    [TestCase(SinglePersonGround.Disability, DisabilityKind.Visual, 2, "TheHouseholdMustBeOfMarginalLowIncome", TestName = "57_8_1_grade_2")]
    [TestCase(SinglePersonGround.Disability, DisabilityKind.Intellectual, 3, "TheHouseholdMustBeOfMarginalLowIncome", TestName = "57_8_1_intellectual_grade_3")]
    [TestCase(SinglePersonGround.Disability, DisabilityKind.Mental, 3, "TheHouseholdMustBeOfMarginalLowIncome", TestName = "57_8_1_mental_grade_3")]
    [TestCase(SinglePersonGround.Disability, DisabilityKind.Physical, 3, "TheGroundIsNotBorneOut", TestName = "57_8_1_physical_grade_3_does_not_bear_it_out")]
    [TestCase(SinglePersonGround.Disability, DisabilityKind.Mental, 4, "TheGroundIsNotBorneOut", TestName = "57_8_1_grade_4_does_not_bear_it_out")]
    [TestCase(SinglePersonGround.MajorIllness, DisabilityKind.Physical, 1, "TheGroundIsNotBorneOut", TestName = "57_8_2_a_disability_is_no_certified_illness")]
    [TestCase(SinglePersonGround.ReligiousLife, DisabilityKind.Physical, 1, "TheGroundIsNotBorneOut", TestName = "57_8_3_without_religious_life")]
    [TestCase(SinglePersonGround.SetByTheCounty, DisabilityKind.Physical, 1, "TheCountySetsTheGround", TestName = "57_8_4_the_others_were_not_found")]
    [TestCase(null, DisabilityKind.Physical, 1, "TheGroundIsNotBorneOut", TestName = "57_8_no_ground_given")]
    public void A_person_alone_who_needs_review(SinglePersonGround? ground, DisabilityKind kind, int grade, string rule) =>
        Assert.That(
            Alone(ground, applicant => applicant with { Disability = new Disability(kind, grade) }),
            Is.EqualTo(new MemberStanding(Mother, Standing.NeedsReview, rule, "57-8")));

    [TestCase(true, "TheHouseholdMustBeOfMarginalLowIncome")]
    [TestCase(false, "TheGroundIsNotBorneOut")]
    public void A_major_illness_is_a_certified_one(bool isCertified, string rule) =>
        Assert.That(Alone(SinglePersonGround.MajorIllness, applicant => applicant with { HasCertifiedMajorIllness = isCertified }).Rule, Is.EqualTo(rule));

    // 57 art. 8(3), which is the other side of art. 7, second paragraph (1).
    [TestCase("2023-09-10", Standing.Counts, "ClergyOfThreeYearsFileAlone")]
    [TestCase("2023-09-11", Standing.NeedsReview, "TheGroundIsNotBorneOut")]
    public void Clergy_of_exactly_three_years_file_alone(string since, Standing standing, string rule) =>
        Assert.That(
            Alone(SinglePersonGround.ReligiousLife, applicant => Away(applicant, AbsenceKind.ReligiousLife, Seeds.Day(since)!.Value)),
            Is.EqualTo(new MemberStanding(Mother, standing, rule, "57-8")));

    // N22 part 1(1): adult, without work, severely disabled (grades 1 and 2); no marginal low income is asked for.
    [TestCase("1985-03-12", false, 1, Standing.Counts)]
    [TestCase("1985-03-12", false, 2, Standing.Counts)]
    [TestCase("1985-03-12", false, 3, Standing.NeedsReview)]
    [TestCase("1985-03-12", true, 1, Standing.NeedsReview)]
    [TestCase("2008-09-10", false, 1, Standing.Counts)]
    [TestCase("2008-09-11", false, 1, Standing.NeedsReview)]
    public void An_adult_without_work_who_is_severely_disabled_files_alone(string bornOn, bool isEmployed, int grade, Standing standing)
    {
        var of = Alone(SinglePersonGround.UnemployedSevereDisability, applicant => applicant with
        {
            BornOn = Seeds.Day(bornOn)!.Value,
            IsEmployed = isEmployed,
            Disability = new Disability(DisabilityKind.Mental, grade),
        });

        Assert.That((of.Standing, of.BasisCode), Is.EqualTo((standing, "N22-1-1")));
    }

    [TestCase(SinglePersonGround.UnemployedSevereDisability, "N22-1-1")]
    [TestCase(SinglePersonGround.MajorIllness, "57-8")]
    public void In_a_single_person_filing_nobody_else_counts(SinglePersonGround ground, string basis)
    {
        var household = ABoringHousehold() with { Filing = new Filing(FilingKind.SinglePerson, ground) };

        Assert.That(
            HouseholdComposition.Of(household, Today, LongAbsenceMonths).Standings.Single(member => member.PersonId == Child),
            Is.EqualTo(new MemberStanding(Child, Standing.DoesNotCount, "OnlyTheApplicantOfASinglePersonFilingCounts", basis)));
    }

    [Test]
    public void A_prisoner_does_not_file_alone_either() =>
        Assert.That(
            Alone(SinglePersonGround.UnemployedSevereDisability, applicant =>
                Away(applicant, AbsenceKind.Imprisonment, Today) with { Disability = new Disability(DisabilityKind.Mental, 1) }).Standing,
            Is.EqualTo(Standing.DoesNotCount));

    [TestCase(true, Standing.Counts)]
    [TestCase(false, Standing.DoesNotCount)]
    public void What_needed_review_is_settled_by_what_the_office_determined(bool counts, Standing standing)
    {
        var household = AHouseholdOf([AMember(), AMember(Stranger, Relationship.Sibling)]) with
        {
            Determinations = [new Determination(Stranger, !counts), new Determination(Stranger, counts)],
        };

        Assert.That(
            HouseholdComposition.Of(household, Today, LongAbsenceMonths).Standings.Single(member => member.PersonId == Stranger),
            Is.EqualTo(new MemberStanding(Stranger, standing, HouseholdComposition.DeterminedByTheOffice, "57-7")));
    }

    [Test]
    public void What_the_law_decides_no_determination_changes()
    {
        var household = AHouseholdOf(
        [
            AMember(), AMember(Child, Relationship.Child, new DateOnly(2014, 5, 6)),
            Away(AMember(Stranger, Relationship.Spouse, Adult), AbsenceKind.Imprisonment, Today),
        ]) with
        {
            Determinations = [new Determination(Child, false), new Determination(Stranger, true)],
        };
        var composition = HouseholdComposition.Of(household, Today, LongAbsenceMonths);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(composition.StandingOf(Child), Is.EqualTo(Standing.Counts));
            Assert.That(composition.StandingOf(Stranger), Is.EqualTo(Standing.DoesNotCount));
        }
    }

    // The applicant was born on 1985-03-12.
    [TestCase(Relationship.Spouse, "2010-01-01", RelationshipDoubtKind.SpouseIsAMinor)]
    [TestCase(Relationship.Child, "1985-03-12", RelationshipDoubtKind.ChildIsNotYounger)]
    [TestCase(Relationship.Child, "1985-03-13", null)]
    [TestCase(Relationship.Parent, "1985-03-12", RelationshipDoubtKind.ParentIsNotOlder)]
    [TestCase(Relationship.Parent, "1985-03-11", null)]
    [TestCase(Relationship.Grandparent, "1985-03-12", RelationshipDoubtKind.GrandparentIsNotOlder)]
    [TestCase(Relationship.Grandparent, "1985-03-11", null)]
    [TestCase(Relationship.Grandchild, "1985-03-12", RelationshipDoubtKind.GrandchildIsNotYounger)]
    [TestCase(Relationship.Grandchild, "1985-03-13", null)]
    [TestCase(Relationship.Sibling, "1985-03-12", null)]
    [TestCase(Relationship.OtherDependant, "1900-01-01", null)]
    public void A_relationship_that_the_ages_contradict_is_doubted(Relationship relationship, string bornOn, RelationshipDoubtKind? doubt)
    {
        var composition = HouseholdComposition.Of(
            AHouseholdOf([AMember(), AMember(Stranger, relationship, Seeds.Day(bornOn)!.Value)]), Today, LongAbsenceMonths);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(composition.Doubts.Select(found => (RelationshipDoubtKind?)found.Kind), Is.EqualTo(doubt is null ? Array.Empty<RelationshipDoubtKind?>() : [doubt]));
            Assert.That(composition.Doubts.SelectMany(found => found.Persons), Is.All.EqualTo(Stranger));
            Assert.That(composition.Standings[1].Rule == "ADoubtfulRelationshipNeedsReview", Is.EqualTo(doubt is not null));
        }
    }

    [Test]
    public void Of_two_spouses_both_are_doubted_until_the_office_has_said_which_one_counts()
    {
        var doubted = AHouseholdOf([AMember(), AMember(Child, Relationship.Spouse, Adult), AMember(Stranger, Relationship.Spouse, Adult)]);
        var halfCleared = doubted with { Determinations = [new Determination(Child, true, [RelationshipDoubtKind.TwoSpouses])] };
        var cleared = doubted with
        {
            Determinations = [.. halfCleared.Determinations, new Determination(Stranger, false, [RelationshipDoubtKind.TwoSpouses])],
        };

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Standings(doubted), Is.EqualTo([Standing.Counts, Standing.NeedsReview, Standing.NeedsReview]));
            Assert.That(Standings(halfCleared), Is.EqualTo([Standing.Counts, Standing.Counts, Standing.NeedsReview]));
            Assert.That(Standings(cleared), Is.EqualTo([Standing.Counts, Standing.Counts, Standing.DoesNotCount]));
            Assert.That(HouseholdComposition.Of(doubted, Today, LongAbsenceMonths).Doubts.Single().Persons, Is.EqualTo([Child, Stranger]));
            Assert.That(HouseholdComposition.Of(halfCleared, Today, LongAbsenceMonths).Doubts, Has.Count.EqualTo(1));
            Assert.That(HouseholdComposition.Of(cleared, Today, LongAbsenceMonths).Doubts, Is.Empty);
        }
    }

    [Test]
    public void A_dead_spouse_and_a_living_one_are_not_two() =>
        Assert.That(
            HouseholdComposition.Of(
                AHouseholdOf([AMember(), AMember(Child, Relationship.Spouse, Adult), AMember(Stranger, Relationship.Spouse, Adult) with { DiedOn = Today }]),
                Today,
                LongAbsenceMonths).Doubts,
            Is.Empty);

    [Test]
    public void A_determination_that_does_not_name_the_doubt_leaves_it_open()
    {
        var household = AHouseholdOf([AMember(), AMember(Stranger, Relationship.Parent, new DateOnly(1990, 1, 1))]);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Standings(household with { Determinations = [new Determination(Stranger, true)] })[1], Is.EqualTo(Standing.NeedsReview));
            Assert.That(
                Standings(household with { Determinations = [new Determination(Stranger, true, [RelationshipDoubtKind.ChildIsNotYounger])] })[1],
                Is.EqualTo(Standing.NeedsReview));
            Assert.That(
                Standings(household with { Determinations = [new Determination(Stranger, true, [RelationshipDoubtKind.ParentIsNotOlder])] })[1],
                Is.EqualTo(Standing.Counts));
        }
    }

    [Test]
    public void Every_living_member_has_exactly_one_standing_by_a_named_rule_and_article() =>
        Gen.Select(AnyMember.Array[1, 8], AnyFiling).Sample(
            (members, filing) =>
            {
                var composition = HouseholdComposition.Of(AHouseholdOf(members) with { Filing = filing }, Today, LongAbsenceMonths);
                return composition.Standings.Select(member => member.PersonId).SequenceEqual(members.Select(member => member.PersonId))
                    && composition.Standings.All(member => HouseholdComposition.RuleNames.Contains(member.Rule) && member.BasisCode.Length > 0)
                    && composition.Counted + composition.Open <= members.Length;
            },
            iter: 2_000);

    [Test]
    public void A_standing_does_not_depend_on_the_order_of_the_form() =>
        Gen.Select(AnyMember.Array[1, 6], AnyFiling).Where(pair => pair.Item1.Count(member => member.Relationship == Relationship.Self) <= 1).Sample(
            (members, filing) =>
            {
                var composition = HouseholdComposition.Of(AHouseholdOf(members) with { Filing = filing }, Today, LongAbsenceMonths);
                var turned = HouseholdComposition.Of(AHouseholdOf([.. members.Reverse()]) with { Filing = filing }, Today, LongAbsenceMonths);
                return turned.Standings.ToHashSet().SetEquals(composition.Standings);
            },
            iter: 1_000);

    private static IReadOnlyList<Standing> Standings(Household household) =>
        [.. HouseholdComposition.Of(household, Today, LongAbsenceMonths).Standings.Select(member => member.Standing)];

    private static MemberStanding Of(IReadOnlyList<HouseholdMember> members) =>
        HouseholdComposition.Of(AHouseholdOf(members), Today, LongAbsenceMonths).Standings.Single(member => member.PersonId == Stranger);

    private static MemberStanding Alone(SinglePersonGround? ground, Func<HouseholdMember, HouseholdMember> change) =>
        HouseholdComposition.Of(
            ABoringHousehold().Where(Mother, change) with { Filing = new Filing(FilingKind.SinglePerson, ground) }, Today, LongAbsenceMonths)
            .Standings.Single(member => member.PersonId == Mother);

    private static Household AHouseholdOf(IReadOnlyList<HouseholdMember> members) => ABoringHousehold() with { Members = members };

    private static HouseholdMember Away(HouseholdMember member, AbsenceKind kind, DateOnly sinceOn) =>
        member with { LivesWithHousehold = false, Absence = new Absence(kind, sinceOn) };
}
