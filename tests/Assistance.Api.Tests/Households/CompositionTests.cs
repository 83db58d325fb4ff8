using System.Text.Json.Nodes;
using Assistance.Api.Http;
using Assistance.Domain.Households;

namespace Assistance.Api.Tests.Households;

/// <summary>Who counts as a member, from the form to the assessment (57 art. 7 and 8).</summary>
public sealed class CompositionTests(Engine engine) : ApiTests(engine)
{
    [Test]
    public async Task A_spouse_in_prison_neither_divides_the_income_nor_adds_to_it()
    {
        var household = AHousehold.OfTwo().Declaring(0, "Wages", 100_00).Declaring(1, "Wages", 9_000_00);
        household.Member(1)["livesWithHousehold"] = false;
        household.Member(1)["absence"] = new JsonObject { ["kind"] = "Imprisonment", ["sinceOn"] = "2026-01-01" };

        var assessment = Expect(200, await Clerk.GetAsync($"{await AssessedAsync(household)}/assessment"));

        Assert.Multiple(() =>
        {
            Assert.That((string)assessment["outcome"]!, Is.EqualTo("Eligible"));
            Assert.That((int)assessment["members"]!, Is.EqualTo(1));
            Assert.That((long)assessment["monthlyFen"]!, Is.EqualTo(650_00));
            Assert.That(
                Items(assessment, "standings").Select(member => $"{member!["standing"]} {member["rule"]} {member["legalBasis"]!["code"]}"),
                Is.EqualTo(new[] { "Counts TheApplicantCounts 57-4", "DoesNotCount ThoseInPrisonRehabilitationOrMissingDoNotCount 57-7" }));
            Assert.That((string)Items(assessment, "standings")[1]!["sentence"]!, Does.Contain("不计入"));
        });
    }

    [Test]
    public async Task While_it_is_open_who_counts_no_opinion_is_given()
    {
        var application = await AssessedAsync(AHousehold.OfOne().With("Sibling", 1975));

        var assessment = Expect(200, await Clerk.GetAsync($"{application}/assessment"));

        Assert.Multiple(async () =>
        {
            Assert.That((string)assessment["outcome"]!, Is.EqualTo("NeedsReview"));
            Assert.That(Items(assessment, "findings").Select(finding => (string)finding!["code"]!), Does.Contain("composition-open"));
            Refused(await ActAsync(Reviewer, application, "preliminary-review", Opinion("ProposeGrant")), 409, "assessment-needs-review");
            Refused(await ActAsync(Reviewer, application, "preliminary-review", Opinion("ProposeRefusal")), 409, "assessment-needs-review");
        });
    }

    // N22 part 1(1).
    [Test]
    public async Task An_adult_without_work_who_is_severely_disabled_files_alone()
    {
        var household = AHousehold.OfTwo().Declaring(1, "Wages", 9_000_00);
        household.Form["filing"] = new JsonObject { ["kind"] = "SinglePerson", ["ground"] = "UnemployedSevereDisability" };
        household.Member(0)["disability"] = new JsonObject { ["kind"] = "Mental", ["grade"] = 1 };

        var assessment = Expect(200, await Clerk.GetAsync($"{await AssessedAsync(household)}/assessment"));

        Assert.Multiple(() =>
        {
            Assert.That((string)assessment["outcome"]!, Is.EqualTo("Eligible"));
            Assert.That((int)assessment["members"]!, Is.EqualTo(1));
            Assert.That((long)assessment["monthlyFen"]!, Is.EqualTo(750_00));
        });
    }

    [Test]
    public void A_household_stored_before_composition_was_known_still_reads_and_counts_as_it_did()
    {
        var household = ApiJson.Read<Household>("""
            {
              "members": [
                { "personId": "00000000-0000-7000-8000-000000000001", "relationship": "Self", "bornOn": "1985-03-12",
                  "registeredDivisionCode": "140213050", "isFullTimeStudent": false, "hasIdentityNumber": true },
                { "personId": "00000000-0000-7000-8000-000000000002", "relationship": "Parent", "bornOn": "1955-03-12",
                  "registeredDivisionCode": "140213050", "isFullTimeStudent": false, "hasIdentityNumber": true }
              ],
              "incomes": [],
              "properties": []
            }
            """);

        Assert.Multiple(() =>
        {
            Assert.That(household.Filing, Is.EqualTo(new Filing()));
            Assert.That(household.Obligors, Is.Empty);
            Assert.That(household.Members.Select(member => member.LivesWithHousehold && member.HasLegalCapacity), Is.All.True);
            Assert.That(household.CountedOn(new DateOnly(2026, 9, 21), longAbsenceMonths: 6).Count(), Is.EqualTo(2));
        });
    }

    [Test]
    public void What_was_determined_is_stored_and_read_again()
    {
        var household = new Household
        {
            Members = [],
            Incomes = [],
            Properties = [],
            Filing = new Filing(FilingKind.SinglePerson, SinglePersonGround.MajorIllness),
            Obligors = [new Obligor(Guid.Empty, Relationship.Child, HasIdentityNumber: false)],
            Determinations = [new Determination(Guid.Empty, true, [RelationshipDoubtKind.TwoSpouses])],
        };

        var read = ApiJson.Read<Household>(ApiJson.Write(household));

        Assert.Multiple(() =>
        {
            Assert.That(read.Filing, Is.EqualTo(household.Filing));
            Assert.That(read.Obligors, Is.EqualTo(household.Obligors));
            Assert.That(read.HasCleared(Guid.Empty, RelationshipDoubtKind.TwoSpouses));
        });
    }
}
