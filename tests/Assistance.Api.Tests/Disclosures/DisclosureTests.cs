using System.Text.Json.Nodes;
using Assistance.Domain.Lookups;
using Assistance.Sandbox;

namespace Assistance.Api.Tests.Disclosures;

public sealed class DisclosureTests(Engine engine) : ApiTests(engine)
{
    [TearDown]
    public void LetEveryDepartmentAnswer()
    {
        foreach (var source in LookupSources.All)
        {
            World?.Departments.Behave(source, DepartmentBehaviour.Answers);
        }
    }

    [Test]
    public async Task The_sealed_list_tells_what_is_on_file_what_departments_answer_and_what_to_bring()
    {
        var path = await SubmittedAsync(AHousehold.OfThree().Owning(0, "Deposit", 100_000));

        var disclosure = await SealedAsync(path);

        Assert.Multiple(() =>
        {
            Assert.That((string)disclosure["versions"][0]!["number"]!, Does.Match("^平民救告〔2026〕[0-9]+号$"));
            Assert.That((string)disclosure["versions"][0]!["contentHash"]!, Does.Match("^[0-9a-f]{64}$"));
            Assert.That(Codes(disclosure, "OnFile"), Is.EqualTo(new[] { "application-form" }));
            Assert.That(Codes(disclosure, "Required"), Is.EqualTo(new[] { "residence-proof" }));
            Assert.That(Codes(disclosure, "AnsweredByDepartment").Distinct(), Is.EquivalentTo(new[]
            {
                "household-registration", "social-insurance", "tax-record", "real-estate", "vehicles", "deposit-statement", "insurance-policies",
                "securities-holdings", "payment-accounts", "housing-fund", "business-registration", "marital-status",
            }));
            Assert.That(Items(disclosure).Select(item => (string?)item!["legalBasis"]!["citation"]), Is.All.Not.Empty);
            Assert.That(Items(disclosure).Select(item => (string?)item!["why"]), Is.All.Not.Empty);
        });
    }

    [Test]
    public async Task It_is_sealed_once_and_never_again()
    {
        var path = await SubmittedAsync(AHousehold.OfOne());
        await SealedAsync(path);

        Refused(await ActAsync(Clerk, path, "disclosure"), 409, "disclosure-already-sealed", "57-10");
    }

    [Test]
    public async Task It_is_not_sealed_while_a_department_may_still_answer()
    {
        World.Departments.Behave(LookupSource.Tax, DepartmentBehaviour.Silent);
        var path = await SubmittedAsync(AHousehold.OfOne());

        Refused(await ActAsync(Clerk, path, "disclosure"), 409, "lookups-pending", "LAW-62");
    }

    [TestCase(DepartmentBehaviour.Down, "DepartmentUnavailable")]
    [TestCase(DepartmentBehaviour.Malformed, "AnswerSetAside")]
    [TestCase(DepartmentBehaviour.AnswersAboutSomebodyElse, "AnswerSetAside")]
    public async Task A_department_that_does_not_answer_makes_its_item_required_with_that_cause(DepartmentBehaviour behaviour, string cause)
    {
        World.Departments.Behave(LookupSource.RealEstate, behaviour);
        var path = await SubmittedAsync(AHousehold.OfOne());

        var item = Items(await SealedAsync(path)).Single(item => (string)item!["itemCode"]! == "real-estate")!;

        Assert.That(((string)item["status"]!, (string?)item["cause"]), Is.EqualTo(("Required", cause)));
    }

    [Test]
    public async Task An_answer_that_arrives_later_withdraws_the_item_again()
    {
        World.Departments.Behave(LookupSource.Tax, DepartmentBehaviour.Down);
        var path = await SubmittedAsync(AHousehold.OfOne());
        Assert.That(Codes(await SealedAsync(path), "Required"), Does.Contain("tax-record"));

        World.Departments.Behave(LookupSource.Tax, DepartmentBehaviour.Answers);
        World.Clock.Forward(TimeSpan.FromHours(2));

        await EventuallyAsync(async () => Codes(await Clerk.GetAsync($"{path}/disclosure"), "AnsweredByDepartment").Contains("tax-record"));
    }

    [Test]
    public async Task Nobody_who_did_not_consent_is_looked_up_and_the_items_say_so()
    {
        var household = AHousehold.OfTwo().WithoutConsent(1);
        var path = await SubmittedAsync(household);
        var disclosure = await SealedAsync(path);

        Assert.Multiple(() =>
        {
            Assert.That(Items(disclosure).Where(item => (string?)item!["cause"] == "ConsentNotGiven").Select(item => (string)item!["status"]!), Is.All.EqualTo("Required").And.Not.Empty);
            Assert.That(World.Departments.Queries.Select(query => query.IdentityNumber), Does.Not.Contain(household.IdentityNumber(1)));
        });
    }

    [Test]
    public async Task What_a_department_answers_may_not_be_taken_from_the_household()
    {
        var path = await SubmittedAsync(AHousehold.OfOne());
        var item = Items(await SealedAsync(path)).First(item => (string)item!["status"]! == "AnsweredByDepartment")!;

        Refused(await SupplyAsync(path, (string)item["itemKey"]!, "PaperSighted"), 422, "department-answers-this", "LAW-62");
    }

    [Test]
    public async Task What_is_on_file_or_not_on_the_list_may_not_be_taken_either()
    {
        var path = await SubmittedAsync(AHousehold.OfOne());
        await SealedAsync(path);

        Refused(await SupplyAsync(path, "application-form", "PaperSighted"), 422, "already-on-file", "57-10");
        Refused(await SupplyAsync(path, "another-paper", "PaperSighted"), 422, "not-on-the-sealed-list", "57-10");
    }

    [Test]
    public async Task Nothing_is_taken_before_the_list_is_sealed()
    {
        var path = await SubmittedAsync(AHousehold.OfOne());

        Refused(await SupplyAsync(path, "residence-proof", "PaperSighted"), 409, "disclosure-not-sealed");
    }

    [Test]
    public async Task A_way_that_the_item_does_not_allow_is_named()
    {
        World.Departments.Behave(LookupSource.HouseholdRegistration, DepartmentBehaviour.Down);
        var path = await SubmittedAsync(AHousehold.OfOne());
        var item = Items(await SealedAsync(path)).Single(item => (string)item!["itemCode"]! == "household-registration")!;

        Refused(await SupplyAsync(path, (string)item["itemKey"]!, "Promise"), 400, "invalid-request");
    }

    [Test]
    public async Task Supplied_and_promised_items_are_no_longer_outstanding()
    {
        World.Departments.Behave(LookupSource.Banks, DepartmentBehaviour.Malformed);
        var path = await SubmittedAsync(AHousehold.OfOne());
        var items = Items(await SealedAsync(path)).Where(item => (string)item!["status"]! == "Required").ToList();
        Expect(201, await SupplyAsync(path, (string)items.Single(item => (string)item!["itemCode"]! == "deposit-statement")!["itemKey"]!, "Promise"));
        var disclosure = Expect(201, await SupplyAsync(path, "residence-proof", "PaperSighted"));

        Assert.Multiple(() =>
        {
            Assert.That(Codes(disclosure, "Promised"), Is.EqualTo(new[] { "deposit-statement" }));
            Assert.That(Codes(disclosure, "Supplied"), Is.EqualTo(new[] { "residence-proof" }));
            Assert.That((bool)disclosure["isComplete"]!, Is.True);
        });
    }

    [Test]
    public async Task The_printed_page_is_the_list_as_it_was_sealed()
    {
        var household = AHousehold.OfOne();
        var path = await SubmittedAsync(household);
        var disclosure = await SealedAsync(path);
        var before = Expect(200, await Clerk.GetAsync($"{path}/disclosure/page")).Text;
        Expect(201, await SupplyAsync(path, "residence-proof", "PaperSighted"));

        var after = Expect(200, await Clerk.GetAsync($"{path}/disclosure/page")).Text;

        Assert.Multiple(() =>
        {
            Assert.That(after, Is.EqualTo(before));
            Assert.That(after, Does.Contain((string)disclosure["versions"][0]!["number"]!).And.Contain("一次性告知书").And.Contain("居住情况").And.Contain((string)disclosure["versions"][0]!["contentHash"]!));
            Assert.That(after, Does.Not.Contain(household.IdentityNumber(0)));
        });
    }

    [Test]
    public async Task A_name_with_markup_is_printed_as_text()
    {
        var household = AHousehold.OfOne();
        household.Member(0)["name"] = "<script>alert(1)</script>";
        var path = await SubmittedAsync(household);
        await SealedAsync(path);

        Assert.That(Expect(200, await Clerk.GetAsync($"{path}/disclosure/page")).Text, Does.Not.Contain("<script>"));
    }

    private static string[] Codes(ApiAnswer disclosure, string status) =>
        [.. Items(disclosure).Where(item => (string)item!["status"]! == status).Select(item => (string)item!["itemCode"]!)];

    private Task<ApiAnswer> SupplyAsync(string path, string itemKey, string way) =>
        ActAsync(Clerk, path, "disclosure-supplies", new JsonObject { ["itemKey"] = itemKey, ["way"] = way });

    private static async Task EventuallyAsync(Func<Task<bool>> holds)
    {
        for (var attempt = 0; attempt < 100; attempt++)
        {
            if (await holds())
            {
                return;
            }

            await Task.Delay(50);
        }

        Assert.Fail("It did not come to hold.");
    }
}
