using System.Text.Json.Nodes;
using Assistance.Api.Security;

namespace Assistance.Api.Tests.Intake;

/// <summary>The papers that a household is handed, from what is on file.</summary>
public sealed class PrintDocumentTests(Engine engine) : ApiTests(engine)
{
    [Test]
    public async Task The_receipt_names_each_programme_its_office_and_why()
    {
        var household = AHousehold.OfOne();
        household.Form["programmes"] = new JsonArray("SubsistenceAllowance", "EducationAssistance");
        var path = await SubmittedAsync(household);

        var page = Expect(200, await AnyWindow.GetAsync($"{path}/documents/Receipt")).Text;

        Assert.That(page, Does.Contain("回执").And.Contain("最低生活保障").And.Contain("教育救助").And.Contain("振华街道").And.Contain("卧虎湾街道"));
        Assert.That(page, Does.Not.Contain(household.IdentityNumber(0)).And.Not.Contain("{{"));
    }

    [Test]
    public async Task An_acceptance_notice_exists_from_the_acceptance_on_and_names_the_last_days()
    {
        var path = await SubmittedAsync(AHousehold.OfOne());
        Assert.That((await Clerk.GetAsync($"{path}/documents/AcceptanceNotice")).Status, Is.EqualTo(404));
        path = await AcceptedAsync(AHousehold.OfOne());

        var page = Expect(200, await Clerk.GetAsync($"{path}/documents/AcceptanceNotice")).Text;

        var due = (string)Expect(200, await Clerk.GetAsync(path))["dueOn"]!;
        Assert.That(page, Does.Contain("受理通知书").And.Contain(DateOnly.ParseExact(due, "yyyy-MM-dd").ToString("yyyy年M月d日")).And.Contain("第二十二条").Or.Contain("第四部分"));
    }

    [Test]
    public async Task A_transfer_notice_tells_the_household_to_do_nothing_and_outward_names_its_remedies()
    {
        var inward = await SubmittedAsync(AHousehold.OfOne());
        var outward = await SubmittedAsync(AHousehold.OfOne().RegisteredIn("140106").LivingIn("140106"));

        Assert.That(Expect(200, await Clerk.GetAsync($"{inward}/documents/TransferNotice")).Text, Does.Contain("您不需要做任何事").And.Not.Contain("行政复议"));
        Assert.That(Expect(200, await AnyWindow.GetAsync($"{outward}/documents/TransferNotice")).Text, Does.Contain("太原市迎泽区").And.Contain("行政复议"));
    }

    [Test]
    public async Task The_form_prints_everything_declared_and_whose_consent_there_is()
    {
        var household = AHousehold.OfTwo().Declaring(0, "Wages", 40_000).Owning(1, "Deposit", 123_456).WithoutConsent(1);
        var path = await SubmittedAsync(household);

        var page = Expect(200, await Clerk.GetAsync($"{path}/documents/Form")).Text;

        Assert.That(page, Does.Contain("400.00元").And.Contain("1,234.56元").And.Contain("未授权").And.Contain("样例路2号").And.Contain((string)household.Member(1)["name"]!));
        Assert.That(page, Does.Not.Contain(household.IdentityNumber(0)));
    }

    [Test]
    public async Task The_form_prints_as_it_was_handed_in_with_its_guardian_and_its_obligors_whatever_happened_since()
    {
        var (household, outsider) = (AHousehold.OfOne(), AHousehold.OfOne());
        household.Form["obligors"] = new JsonArray(new JsonObject
        {
            ["name"] = (string)outsider.Member(0)["name"]!,
            ["identityNumber"] = outsider.IdentityNumber(0),
            ["relationship"] = "Child",
        });
        var path = await SubmittedAsync(household);
        Expect(201, await ActAsync(Clerk, path, "moves", new JsonObject
        {
            ["movedOn"] = Today,
            ["habitualResidence"] = new JsonObject { ["divisionCode"] = "140213054001", ["address"] = "样例路99号" },
        }));

        var page = Expect(200, await Clerk.GetAsync($"{path}/documents/Form")).Text;

        Assert.That(page, Does.Contain("样例路2号").And.Not.Contain("样例路99号").And.Contain((string)outsider.Member(0)["name"]!));
    }

    [TestCase("Receipt")]
    [TestCase("Form")]
    public async Task Another_office_prints_nothing(string document)
    {
        var path = await SubmittedAsync(AHousehold.OfOne());

        Assert.That((await As(Roles.Clerk, "140213066").GetAsync($"{path}/documents/{document}")).Status, Is.EqualTo(404));
    }

    [Test]
    public async Task An_unknown_document_is_not_found_or_invalid() =>
        Assert.That((await Clerk.GetAsync($"{await SubmittedAsync(AHousehold.OfOne())}/documents/Passport")).Status, Is.AnyOf(400, 404));
}
