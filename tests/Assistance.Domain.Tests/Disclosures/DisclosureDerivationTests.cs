using Assistance.Domain.Disclosures;
using Assistance.Domain.Households;
using Assistance.Domain.Lookups;
using Assistance.Domain.Shared;
using CsCheck;
using NUnit.Framework;
using static Assistance.Domain.Tests.SyntheticHouseholds;

namespace Assistance.Domain.Tests.Disclosures;

/// <summary>57 art. 10 (told once) and Act art. 62 (what a department answers is not asked for).</summary>
public sealed class DisclosureDerivationTests
{
    private static readonly DisclosureItemType TaxRecord = Seeds.DisclosureItems.Single(type => type.ItemCode == "tax-record");
    private static readonly DisclosureItemType Registration = Seeds.DisclosureItems.Single(type => type.ItemCode == "household-registration");
    private static readonly DisclosureItemType Form = Seeds.DisclosureItems.Single(type => type.ItemCode == "application-form");
    private static readonly DisclosureItemType ResidenceProof = Seeds.DisclosureItems.Single(type => type.ItemCode == "residence-proof");

    [TestCase(null, DisclosureItemStatus.LookupPending, null, TestName = "Not_asked_yet_is_pending")]
    [TestCase(LookupState.Pending, DisclosureItemStatus.LookupPending, null)]
    [TestCase(LookupState.Answered, DisclosureItemStatus.AnsweredByDepartment, null, TestName = "LAW_62_an_answer_meets_the_item")]
    [TestCase(LookupState.NotFound, DisclosureItemStatus.AnsweredByDepartment, null, TestName = "No_tax_on_record_answers_the_item")]
    [TestCase(LookupState.Unavailable, DisclosureItemStatus.Required, RequiredCause.DepartmentUnavailable)]
    [TestCase(LookupState.SetAside, DisclosureItemStatus.Required, RequiredCause.AnswerSetAside)]
    public void The_look_up_decides_where_an_item_stands(LookupState? state, DisclosureItemStatus status, RequiredCause? cause)
    {
        var item = OfMother(Facts(TaxRecord) with { Lookups = state is { } known ? [Standing(known)] : [] });

        using (Assert.EnterMultipleScope())
        {
            Assert.That(item.Status, Is.EqualTo(status));
            Assert.That(item.Cause, Is.EqualTo(cause));
            Assert.That(item.Source, Is.EqualTo(LookupSource.Tax));
            Assert.That(item.LookupId, Is.EqualTo(state is null ? null : (Guid?)ALookup));
        }
    }

    [Test]
    public void Nobody_registered_leaves_the_registration_open()
    {
        var item = OfMother(Facts(Registration) with { Lookups = [Standing(LookupState.NotFound, LookupSource.HouseholdRegistration)] });

        using (Assert.EnterMultipleScope())
        {
            Assert.That(item.Status, Is.EqualTo(DisclosureItemStatus.Required));
            Assert.That(item.Cause, Is.EqualTo(RequiredCause.DepartmentHasNoRecord));
        }
    }

    [Test]
    public void Without_a_consent_nobody_is_looked_up_and_the_item_is_required()
    {
        var item = OfMother(Facts(TaxRecord) with { Consents = Consenting(Child), Lookups = [Standing(LookupState.Answered)] });

        using (Assert.EnterMultipleScope())
        {
            Assert.That(item.Status, Is.EqualTo(DisclosureItemStatus.Required));
            Assert.That(item.Cause, Is.EqualTo(RequiredCause.ConsentNotGiven));
            Assert.That(item.LookupId, Is.Null);
        }
    }

    [Test]
    public void Of_a_child_without_a_number_nothing_is_asked_that_departments_answer()
    {
        var household = ABoringHousehold().Where(Mother, member => member with { HasIdentityNumber = false });

        Assert.That(
            DisclosureDerivation.Derive(Facts(TaxRecord) with { Household = household }).Select(item => item.PersonId),
            Has.None.EqualTo(Mother).And.Not.Empty);
    }

    [Test]
    public void What_no_department_answers_is_required()
    {
        var item = DisclosureDerivation.Derive(Facts(ResidenceProof) with { ResidenceDiffers = true }).Single();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(item.Status, Is.EqualTo(DisclosureItemStatus.Required));
            Assert.That(item.Cause, Is.EqualTo(RequiredCause.NoDepartmentAnswers));
            Assert.That(item.Source, Is.Null);
            Assert.That(item.PersonId, Is.Null);
        }
    }

    [Test]
    public void A_department_answers_for_persons_and_not_for_a_household()
    {
        var item = DisclosureDerivation.Derive(Facts(TaxRecord with { Circumstance = ItemCircumstance.Household })).Single();

        Assert.That(item.Cause, Is.EqualTo(RequiredCause.NoDepartmentAnswers));
    }

    [Test]
    public void What_the_form_meets_is_on_file()
    {
        var item = DisclosureDerivation.Derive(Facts(Form)).Single();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(item.Status, Is.EqualTo(DisclosureItemStatus.OnFile));
            Assert.That(item.Cause, Is.Null);
        }
    }

    [TestCase(SupplyWay.PaperSighted, DisclosureItemStatus.Supplied)]
    [TestCase(SupplyWay.Promise, DisclosureItemStatus.Promised, TestName = "N22_1_2_a_promise_is_told_from_a_paper_that_was_seen")]
    public void What_was_supplied_meets_a_requirement_and_keeps_its_cause(SupplyWay way, DisclosureItemStatus status)
    {
        var item = OfMother(Facts(TaxRecord) with { Lookups = [Standing(LookupState.Unavailable)], Supplies = [Supply(Mother, way)] });

        using (Assert.EnterMultipleScope())
        {
            Assert.That(item.Status, Is.EqualTo(status));
            Assert.That(item.Cause, Is.EqualTo(RequiredCause.DepartmentUnavailable));
        }
    }

    [Test]
    public void A_paper_seen_after_a_promise_replaces_it()
    {
        var item = OfMother(Facts(TaxRecord) with
        {
            Lookups = [Standing(LookupState.Unavailable)],
            Supplies = [Supply(Mother, SupplyWay.Promise), Supply(Mother, SupplyWay.PaperSighted)],
        });

        Assert.That(item.Status, Is.EqualTo(DisclosureItemStatus.Supplied));
    }

    [Test]
    public void What_one_member_supplied_does_not_meet_the_item_of_another()
    {
        var item = OfMother(Facts(TaxRecord) with { Lookups = [Standing(LookupState.Unavailable)], Supplies = [Supply(Child, SupplyWay.PaperSighted)] });

        Assert.That(item.Status, Is.EqualTo(DisclosureItemStatus.Required));
    }

    [Test]
    public void A_late_answer_withdraws_a_requirement()
    {
        var facts = Facts(TaxRecord) with { Lookups = [Standing(LookupState.Unavailable)] };
        Assert.That(OfMother(facts).Status, Is.EqualTo(DisclosureItemStatus.Required));

        var item = OfMother(facts with { Lookups = [.. facts.Lookups, Standing(LookupState.Answered) with { LookupId = AnotherLookup }] });

        using (Assert.EnterMultipleScope())
        {
            Assert.That(item.Status, Is.EqualTo(DisclosureItemStatus.AnsweredByDepartment));
            Assert.That(item.Cause, Is.Null);
            Assert.That(item.LookupId, Is.EqualTo(AnotherLookup));
            Assert.That(item.AnsweredAt, Is.EqualTo(Now));
        }
    }

    [Test]
    public void A_late_answer_takes_the_place_of_what_was_supplied()
    {
        var item = OfMother(Facts(TaxRecord) with { Lookups = [Standing(LookupState.Answered)], Supplies = [Supply(Mother, SupplyWay.Promise)] });

        Assert.That(item.Status, Is.EqualTo(DisclosureItemStatus.AnsweredByDepartment));
    }

    [Test]
    public void The_answer_about_one_member_does_not_speak_for_another()
    {
        var items = DisclosureDerivation.Derive(Facts(TaxRecord) with { Lookups = [Standing(LookupState.Answered)] });

        Assert.That(
            items.Select(item => (item.PersonId, item.Status)),
            Is.EquivalentTo([(Mother, DisclosureItemStatus.AnsweredByDepartment), ((Guid?)Child, DisclosureItemStatus.LookupPending)]));
    }

    [Test]
    public void The_answer_of_one_department_does_not_speak_for_another()
    {
        var item = OfMother(Facts(TaxRecord) with { Lookups = [Standing(LookupState.Answered, LookupSource.SocialInsurance)] });

        Assert.That(item.Status, Is.EqualTo(DisclosureItemStatus.LookupPending));
    }

    [Test]
    public void A_later_silence_does_not_undo_an_answer_that_still_holds()
    {
        var item = OfMother(Facts(TaxRecord) with { Lookups = [Standing(LookupState.Answered), Standing(LookupState.Unavailable) with { LookupId = AnotherLookup }] });

        Assert.That((item.Status, item.LookupId), Is.EqualTo((DisclosureItemStatus.AnsweredByDepartment, (Guid?)ALookup)));
    }

    [TestCase(0, DisclosureItemStatus.AnsweredByDepartment)]
    [TestCase(-1, DisclosureItemStatus.Expired)]
    public void An_answer_holds_until_its_last_day(int daysLeft, DisclosureItemStatus status)
    {
        var item = OfMother(Facts(TaxRecord) with { Lookups = [Standing(LookupState.Answered) with { ValidUntilOn = Today.AddDays(daysLeft) }] });

        Assert.That((item.Status, item.IsForDepartments), Is.EqualTo((status, true)));
    }

    [TestCase(365, DisclosureItemStatus.Supplied, null)]
    [TestCase(366, DisclosureItemStatus.Expired, RequiredCause.EvidenceExpired)]
    public void A_paper_holds_for_its_days(int daysAgo, DisclosureItemStatus status, RequiredCause? cause)
    {
        var item = OfMother(Facts(TaxRecord) with
        {
            Lookups = [Standing(LookupState.Unavailable)],
            Supplies = [Supply(Mother, SupplyWay.PaperSighted) with { SuppliedAt = Now.AddDays(-daysAgo) }],
        });

        Assert.That((item.Status, item.IsOutstanding, item.IsForDepartments), Is.EqualTo((status, status == DisclosureItemStatus.Expired, false)));
        Assert.That(cause is null || item.Cause == cause);
    }

    // 57 art. 10: what the file holds is not asked for again, in whichever case it was shown.
    [TestCase(365, DisclosureItemStatus.OnFile)]
    [TestCase(366, DisclosureItemStatus.Required)]
    public void What_was_shown_for_an_earlier_application_is_on_file_while_it_holds(int daysAgo, DisclosureItemStatus status)
    {
        var item = OfMother(Facts(TaxRecord) with
        {
            Lookups = [Standing(LookupState.Unavailable)],
            Earlier = [new EarlierEvidence("tax-record", Mother, Now.AddDays(-daysAgo)), new EarlierEvidence("tax-record", Child, Now)],
        });

        Assert.That(item.Status, Is.EqualTo(status));
    }

    [Test]
    public void What_was_sent_back_is_required_again_with_that_cause()
    {
        var item = OfMother(Facts(TaxRecord) with
        {
            Lookups = [Standing(LookupState.Unavailable)],
            Supplies = [Supply(Mother, SupplyWay.PaperSighted) with { Returned = SupplyReturnReason.Illegible }],
        });

        Assert.That((item.Status, item.Cause), Is.EqualTo((DisclosureItemStatus.Required, (RequiredCause?)RequiredCause.SentBack)));
    }

    // 57 art. 18
    [Test]
    public void A_contested_answer_stays_contested_until_the_department_answers_again()
    {
        var facts = Facts(TaxRecord) with
        {
            Lookups = [Standing(LookupState.Answered)],
            Contestations = [new DisclosureContestation(DisclosureDerivation.KeyOf("tax-record", Mother), Now)],
        };

        Assert.That(OfMother(facts).Status, Is.EqualTo(DisclosureItemStatus.Contested));
        Assert.That(OfMother(facts with { Lookups = [.. facts.Lookups, Standing(LookupState.Pending)] }).Status, Is.EqualTo(DisclosureItemStatus.Contested));
        Assert.That(OfMother(facts with { Supplies = [Supply(Mother, SupplyWay.Upload)] }).Status, Is.EqualTo(DisclosureItemStatus.Supplied));
        Assert.That(
            OfMother(facts with { Lookups = [.. facts.Lookups, Standing(LookupState.Answered) with { AnsweredAt = Now.AddHours(1) }] }).Status,
            Is.EqualTo(DisclosureItemStatus.AnsweredByDepartment));
    }

    [Test]
    public void A_waived_item_is_not_outstanding()
    {
        var item = OfMother(Facts(TaxRecord) with
        {
            Lookups = [Standing(LookupState.Unavailable)],
            Waived = new HashSet<string> { DisclosureDerivation.KeyOf("tax-record", Mother) },
        });

        Assert.That((item.Status, item.IsOutstanding), Is.EqualTo((DisclosureItemStatus.Waived, false)));
    }

    [Test]
    public void A_waiver_does_not_hide_what_a_department_answers()
    {
        var item = OfMother(Facts(TaxRecord) with
        {
            Lookups = [Standing(LookupState.Answered)],
            Waived = new HashSet<string> { DisclosureDerivation.KeyOf("tax-record", Mother) },
        });

        Assert.That(item.Status, Is.EqualTo(DisclosureItemStatus.AnsweredByDepartment));
    }

    [Test]
    public void A_waiver_is_no_word_on_an_answer_that_is_disputed_later()
    {
        var key = DisclosureDerivation.KeyOf("tax-record", Mother);
        var item = OfMother(Facts(TaxRecord) with
        {
            Lookups = [Standing(LookupState.Answered)],
            Waived = new HashSet<string> { key },
            Contestations = [new DisclosureContestation(key, Now)],
        });

        Assert.That(item.Status, Is.EqualTo(DisclosureItemStatus.Contested));
    }

    // 57 art. 7: of whoever does not count nothing is asked.
    [Test]
    public void Nothing_is_asked_of_who_does_not_count() =>
        Assert.That(
            DisclosureDerivation.Derive(Facts(TaxRecord) with { NotCounted = new HashSet<Guid> { Child } }).Select(item => item.PersonId),
            Is.EqualTo(new Guid?[] { Mother }));

    [Test]
    public void An_earlier_other_material_is_not_the_one_that_is_asked_for_now()
    {
        var items = DisclosureDerivation.Derive(Facts(Form) with
        {
            Overrides = [new OverrideItem("other-material:1", "other-material", null)],
            Earlier = [new EarlierEvidence("other-material", null, Now)],
        });

        Assert.That(items.Single(item => item.ItemCode == "other-material").Status, Is.EqualTo(DisclosureItemStatus.Required));
    }

    [Test]
    public void What_a_supervisor_added_is_required_until_it_is_supplied()
    {
        var facts = Facts(Form) with { Overrides = [new OverrideItem("other-material:1", "other-material", null)] };
        var added = DisclosureDerivation.Derive(facts).Single(item => item.ItemCode == "other-material");

        Assert.That((added.Status, added.Cause), Is.EqualTo((DisclosureItemStatus.Required, (RequiredCause?)RequiredCause.SupervisorOverride)));
        Assert.That(
            DisclosureDerivation.Derive(facts with { Supplies = [new DisclosureSupply("other-material:1", SupplyWay.PaperSighted, Now, "officer")] })
                .Single(item => item.ItemCode == "other-material").Status,
            Is.EqualTo(DisclosureItemStatus.Supplied));
    }

    // Act art. 64: one form for several programmes is one list, and each item names whom it serves.
    [Test]
    public void One_item_serves_every_programme_that_needs_it()
    {
        var items = DisclosureDerivation.Derive(Facts(Form, TaxRecord) with { Programmes = [Programme.SubsistenceAllowance, Programme.MedicalAssistance] });

        using (Assert.EnterMultipleScope())
        {
            Assert.That(items.Select(item => item.ItemKey), Is.Unique);
            Assert.That(items.Single(item => item.ItemCode == "application-form").Programmes, Is.EqualTo(new[] { Programme.SubsistenceAllowance, Programme.MedicalAssistance }));
            Assert.That(items.Where(item => item.ItemCode == "tax-record").SelectMany(item => item.Programmes), Is.All.EqualTo(Programme.SubsistenceAllowance));
        }
    }

    [Test]
    public void What_no_programme_applied_for_needs_is_not_asked() =>
        Assert.That(DisclosureDerivation.Derive(Facts(TaxRecord) with { Programmes = [Programme.HousingAssistance] }), Is.Empty);

    [Test]
    public void An_item_carries_what_its_type_says()
    {
        var item = OfMother(Facts(TaxRecord with { Copies = 2 }));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(item.ItemKey, Is.EqualTo("tax-record:00000000000070008000000000000001"));
            Assert.That(item.ItemCode, Is.EqualTo("tax-record"));
            Assert.That(item.BasisCode, Is.EqualTo("57-13"));
            Assert.That(item.Ways, Is.EqualTo([SupplyWay.PaperSighted, SupplyWay.Promise, SupplyWay.Upload]));
            Assert.That(item.Copies, Is.EqualTo(2));
        }
    }

    [Test]
    public void The_key_of_an_item_of_the_household_is_its_code() =>
        Assert.That(DisclosureDerivation.KeyOf("residence-proof", null), Is.EqualTo("residence-proof"));

    [TestCase(DisclosureItemStatus.LookupPending, true)]
    [TestCase(DisclosureItemStatus.Required, true)]
    [TestCase(DisclosureItemStatus.AnsweredByDepartment, false)]
    [TestCase(DisclosureItemStatus.OnFile, false)]
    [TestCase(DisclosureItemStatus.Supplied, false)]
    [TestCase(DisclosureItemStatus.Promised, false)]
    [TestCase(DisclosureItemStatus.Contested, false)]
    [TestCase(DisclosureItemStatus.Expired, true)]
    [TestCase(DisclosureItemStatus.Waived, false)]
    public void Pending_and_required_items_are_outstanding(DisclosureItemStatus status, bool isOutstanding) =>
        Assert.That((OfMother(Facts(TaxRecord)) with { Status = status }).IsOutstanding, Is.EqualTo(isOutstanding));

    // Everything at once on the list as shipped: whatever departments answered and whatever was supplied.
    [Test]
    public void Nothing_is_both_asked_for_and_answered() =>
        AnyFacts().Sample(
            facts =>
            {
                var items = DisclosureDerivation.Derive(facts);
                var answered = facts.Lookups
                    .GroupBy(lookup => (lookup.PersonId, lookup.Source)).Select(group => group.LastOrDefault(lookup => lookup.IsAnswer))
                    .OfType<LookupStanding>()
                    .Where(lookup => lookup.State == LookupState.Answered)
                    .Select(lookup => ((Guid?)lookup.PersonId, (LookupSource?)lookup.Source)).ToHashSet();
                return items.Select(item => item.ItemKey).Distinct().Count() == items.Count
                    && items.All(item =>
                        (item.Cause is not null) == (item.Status is DisclosureItemStatus.Required or DisclosureItemStatus.Supplied or DisclosureItemStatus.Promised)
                        && (item.Status != DisclosureItemStatus.Required || facts.Supplies.All(supply => supply.ItemKey != item.ItemKey))
                        && (!(answered.Contains((item.PersonId, item.Source)) && facts.Consents.ContainsKey(item.PersonId!.Value))
                            || item.Status == DisclosureItemStatus.AnsweredByDepartment));
            },
            iter: 2_000);

    private static readonly IReadOnlyList<DisclosureItemType> ItemsInForce =
        [.. Seeds.DisclosureItems.Where(type => type.FromOn <= Today && (type.ToOn is null || Today <= type.ToOn))];

    private static Gen<DisclosureFacts> AnyFacts()
    {
        var person = Gen.OneOf(Mother, Child);
        var lookup = Gen.Select(person, Gen.Enum<LookupSource>(), Gen.Enum<LookupState>())
            .Select((personId, source, state) => new LookupStanding(ALookup, personId, source, state, Now));
        var supply = Gen.Select(person, Gen.Int[0, ItemsInForce.Count - 1], Gen.Enum<SupplyWay>()).Select((personId, index, way) =>
            new DisclosureSupply(DisclosureDerivation.KeyOf(ItemsInForce[index].ItemCode, personId), way, Now, "officer"));
        return Gen.Select(lookup.Array[0, 14], supply.Array[0, 6], Gen.Bool, Gen.Bool).Select((lookups, supplies, residenceDiffers, childConsents) =>
            Facts([.. ItemsInForce]) with
            {
                ResidenceDiffers = residenceDiffers,
                Consents = childConsents ? Consenting(Mother, Child) : Consenting(Mother),
                Lookups = lookups,
                Supplies = supplies,
                Household = ABoringHousehold().With(new DeclaredProperty(Mother, PropertyKind.Deposit, new Money(100))),
            });
    }

    private static Dictionary<Guid, LookupConsent> Consenting(params Guid[] persons) =>
        persons.ToDictionary(person => person, person => new LookupConsent(person, Today, EndsOn: null, RevokedAt: null));

    private static DisclosureFacts Facts(params DisclosureItemType[] types) => new()
    {
        On = Today,
        Today = Today,
        Programmes = [Programme.SubsistenceAllowance],
        EvidenceValidDays = 365,
        ItemTypes = types,
        Household = ABoringHousehold(),
        ResidenceDiffers = false,
        Consents = Consenting(Mother, Child),
        Lookups = [],
        Supplies = [],
    };

    private static LookupStanding Standing(LookupState state, LookupSource source = LookupSource.Tax) =>
        new(ALookup, Mother, source, state, state == LookupState.Pending ? null : Now);

    private static DisclosureSupply Supply(Guid personId, SupplyWay way) =>
        new(DisclosureDerivation.KeyOf("tax-record", personId), way, Now, "officer");

    private static DisclosureItem OfMother(DisclosureFacts facts) =>
        DisclosureDerivation.Derive(facts).Single(item => item.PersonId == Mother);
}
