using System.Text.Json.Nodes;
using Assistance.Api.Security;
using Assistance.Sandbox;

namespace Assistance.Api.Tests.Intake;

/// <summary>Passing an application on is the offices' work: with a clock, without sending back (Act art. 64; local notice).</summary>
public sealed class TransferTests(Engine engine) : ApiTests(engine)
{
    private const string OtherStreet = "140213057";

    [Test]
    public async Task What_another_window_took_is_transferred_with_a_clock_and_taken_up()
    {
        var path = await SubmittedAsync(AHousehold.OfOne());

        var transfer = Items(Expect(200, await Clerk.GetAsync($"{path}/transfers")), "transfers").Single()!;
        Assert.Multiple(() =>
        {
            Assert.That((string)transfer["kind"]!, Is.EqualTo("Intake"));
            Assert.That(((string)transfer["fromDivisionCode"]!, (string)transfer["toDivisionCode"]!), Is.EqualTo((Window, Street)));
            Assert.That((string)transfer["dueOn"]!, Is.GreaterThan(Today));
            Assert.That((string)transfer["legalBasis"]!["code"]!, Is.EqualTo("LAW-64"));
        });
        Refused(await ActAsync(AnyWindow, path, "transfer-receipt"), 403, "not-the-receiving-office");
        Expect(201, await ActAsync(Clerk, path, "transfer-receipt"));
        Refused(await ActAsync(Clerk, path, "transfer-receipt"), 409, "nothing-to-take-up");
        Assert.That(Items(await Clerk.GetAsync($"{path}/transfers"), "transfers").Single()!["receivedAt"], Is.Not.Null);
    }

    [Test]
    public async Task Acceptance_takes_up_what_still_waits()
    {
        var path = await AcceptedAsync(AHousehold.OfOne());

        Assert.That(Items(await Clerk.GetAsync($"{path}/transfers"), "transfers").Single()!["receivedAt"], Is.Not.Null);
    }

    [Test]
    public async Task What_the_accepting_street_took_itself_is_not_transferred()
    {
        var answer = Expect(201, await Clerk.PostAsync("/v1/applications", AHousehold.OfOne().OnRecord(World).ToString()));

        Assert.That(Items(await Clerk.GetAsync($"/v1/applications/{answer["applications"][0]!["applicationId"]}/transfers"), "transfers"), Is.Empty);
    }

    [Test]
    public async Task A_street_asks_the_district_and_goes_on_meanwhile()
    {
        var path = await SubmittedAsync(AHousehold.OfOne());
        Refused(await ActAsync(AnyWindow, path, "arbitration-request", Reasons()), 403, "not-the-accepting-office");
        Refused(await ActAsync(Supervisor, path, "arbitration", Ruling(OtherStreet)), 409, "no-arbitration-requested");

        Expect(201, await ActAsync(Clerk, path, "arbitration-request", Reasons()));

        Refused(await ActAsync(Clerk, path, "arbitration-request", Reasons()), 409, "arbitration-open");
        await SealedAsync(path);
        Refused(await ActAsync(As(Roles.Supervisor, Street), path, "arbitration", Ruling(OtherStreet)), 403, "not-the-district");
        Expect(201, await ActAsync(Supervisor, path, "arbitration", Ruling(OtherStreet)));

        var other = As(Roles.Clerk, OtherStreet);
        Assert.That((await Clerk.GetAsync(path)).Status, Is.EqualTo(404), "the street that no longer has it no longer sees it");
        Expect(201, await ActAsync(other, path, "transfer-receipt"));
        await SupplyAsync(path, "residence-proof", other);
        Expect(201, await ActAsync(other, path, "acceptance"));
    }

    [Test]
    public async Task A_ruling_is_the_routing_from_then_on_and_no_move_undoes_it_for_an_emergency()
    {
        var household = AHousehold.OfOne();
        household.Form["programmes"] = new JsonArray("TemporaryAssistance");
        household.Form["emergencyPlace"] = Street;
        var path = await SubmittedAsync(household);
        Expect(201, await ActAsync(Clerk, path, "arbitration-request", Reasons()));
        Expect(201, await ActAsync(Supervisor, path, "arbitration", Ruling(OtherStreet)));
        var other = As(Roles.Clerk, OtherStreet);
        Expect(201, await ActAsync(other, path, "transfer-receipt"));

        var routing = Expect(200, await other.GetAsync(path))["routing"];
        Assert.That(((string)routing["rule"]!, (string)routing["acceptingDivisionCode"]!), Is.EqualTo(("ArbitratedByTheDistrict", OtherStreet)));
        var moved = Expect(201, await ActAsync(other, path, "moves", new JsonObject
        {
            ["movedOn"] = Today,
            ["habitualResidence"] = new JsonObject { ["divisionCode"] = "140213054001", ["address"] = "样例路3号" },
        }));
        Assert.That((bool)moved["applications"][0]!["isHandedOver"]!, Is.False);
    }

    [Test]
    public async Task The_district_may_leave_it_where_it_is()
    {
        var path = await SubmittedAsync(AHousehold.OfOne());
        Expect(201, await ActAsync(Clerk, path, "arbitration-request", Reasons()));

        Expect(201, await ActAsync(Supervisor, path, "arbitration", Ruling(Street)));

        Assert.That(Items(await Clerk.GetAsync($"{path}/transfers"), "transfers"), Has.Count.EqualTo(1));
        Expect(201, await ActAsync(Clerk, path, "transfer-receipt"));
    }

    [Test]
    public async Task Only_a_street_of_the_district_can_be_named()
    {
        var path = await SubmittedAsync(AHousehold.OfOne());
        Expect(201, await ActAsync(Clerk, path, "arbitration-request", Reasons()));

        Refused(await ActAsync(Supervisor, path, "arbitration", Ruling("140106")), 400, "invalid-request");
        Refused(await ActAsync(Supervisor, path, "arbitration", Ruling(AHousehold.Residence)), 400, "invalid-request");
    }

    [Test]
    public async Task What_goes_to_another_district_is_taken_up_when_that_authority_confirms()
    {
        var path = await SubmittedAsync(AHousehold.OfOne().RegisteredIn("140106").LivingIn("140106"));

        Refused(await ActAsync(AnyWindow, path, "transfer-receipt"), 403, "not-the-receiving-office");
        Expect(201, await ActAsync(Supervisor, path, "transfer-receipt"));

        Assert.That((string)Items(await AnyWindow.GetAsync($"{path}/transfers"), "transfers").Single()!["kind"]!, Is.EqualTo("Outward"));
    }

    private static JsonObject Reasons() => new() { ["reasons"] = "经核实该户实际居住在另一街道。" };

    private static JsonObject Ruling(string division) => new() { ["acceptingDivisionCode"] = division, ["reasons"] = "租房合同在该街道。" };

    private async Task SupplyAsync(string path, string itemKey, OfficerClient officer) =>
        Expect(201, await ActAsync(officer, path, "disclosure-supplies", new JsonObject { ["itemKey"] = itemKey, ["way"] = "PaperSighted" }));
}
