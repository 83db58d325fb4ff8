using System.Text.Json.Nodes;
using Assistance.Api.Security;
using Assistance.Sandbox;

namespace Assistance.Api.Tests.Intake;

/// <summary>A household that moves during the case is handed over; nothing is lost and no clock stops.</summary>
public sealed class MoveTests(Engine engine) : ApiTests(engine)
{
    private const string NewStreet = "140213057";

    private OfficerClient NewClerk => As(Roles.Clerk, NewStreet);

    [Test]
    public async Task The_old_street_goes_on_until_the_new_one_has_taken_it_up()
    {
        var path = await AcceptedAsync(AHousehold.OfOne());
        var clocks = Items(await Clerk.GetAsync(path), "clocks").Select(clock => $"{clock!["code"]} {clock["dueOn"]}").ToList();

        var moved = Expect(201, await ActAsync(Clerk, path, "moves", Move()))["applications"][0]!;

        Assert.That(((bool)moved["isHandedOver"]!, (string)moved["routing"]!["acceptingDivisionCode"]!), Is.EqualTo((true, NewStreet)));
        var transfer = Items(await NewClerk.GetAsync($"{path}/transfers"), "transfers").Last()!;
        Assert.That(((string)transfer["kind"]!, (string)transfer["fromDivisionCode"]!, (string)transfer["toDivisionCode"]!), Is.EqualTo(("Move", Street, NewStreet)));
        Refused(await ActAsync(As(Roles.Reviewer, NewStreet), path, "assessment"), 403, "not-the-accepting-office");
        Expect(201, await ActAsync(Reviewer, path, "assessment"));

        Expect(201, await ActAsync(NewClerk, path, "transfer-receipt"));

        Assert.That((await Clerk.GetAsync(path)).Status, Is.EqualTo(404));
        Assert.That(Items(await NewClerk.GetAsync(path), "clocks").Select(clock => $"{clock!["code"]} {clock["dueOn"]}"), Is.EqualTo(clocks));
        Expect(201, await ActAsync(As(Roles.Reviewer, NewStreet), path, "preliminary-review", Opinion("ProposeGrant")));
    }

    [Test]
    public async Task Only_the_new_street_takes_it_up()
    {
        var path = await AcceptedAsync(AHousehold.OfOne());
        Expect(201, await ActAsync(Clerk, path, "moves", Move()));

        Refused(await ActAsync(Clerk, path, "transfer-receipt"), 403, "not-the-receiving-office");
    }

    [Test]
    public async Task Within_the_street_nothing_is_handed_over()
    {
        var path = await AcceptedAsync(AHousehold.OfOne());

        var moved = Expect(201, await ActAsync(Clerk, path, "moves", Move("140213054001")))["applications"][0]!;

        Assert.That((bool)moved["isHandedOver"]!, Is.False);
        Refused(await ActAsync(Clerk, path, "transfer-receipt"), 409, "nothing-to-take-up");
    }

    [Test]
    public async Task The_same_place_is_no_move()
    {
        var path = await AcceptedAsync(AHousehold.OfOne());
        Expect(201, await ActAsync(Clerk, path, "moves", Move("140213054001")));

        Refused(await ActAsync(Clerk, path, "moves", Move("140213054001")), 409, "same-place");
    }

    [Test]
    public async Task What_showed_the_old_residence_is_outdated_and_a_new_proof_shown_with_the_move_is_not_asked_for()
    {
        var path = await SubmittedAsync(AHousehold.OfOne());
        await SealedAsync(path);
        Expect(201, await ActAsync(Clerk, path, "disclosure-supplies", new JsonObject { ["itemKey"] = "residence-proof", ["way"] = "PaperSighted" }));

        Expect(201, await ActAsync(Clerk, path, "moves", Move("140213054001")));
        var outdated = Proof(await Clerk.GetAsync($"{path}/disclosure"));
        Assert.That(((string)outdated["status"]!, (string)outdated["cause"]!), Is.EqualTo(("Required", "SentBack")));

        Expect(201, await ActAsync(Clerk, path, "moves", Move("140213054003", proof: "Lease")));
        Assert.That((string)Proof(await Clerk.GetAsync($"{path}/disclosure"))["status"]!, Is.EqualTo("Supplied"));
    }

    [Test]
    public async Task Who_moves_again_before_it_was_taken_up_goes_where_they_live_now()
    {
        var path = await AcceptedAsync(AHousehold.OfOne());
        Expect(201, await ActAsync(Clerk, path, "moves", Move()));

        Expect(201, await ActAsync(Clerk, path, "moves", Move("140213058001")));

        Refused(await ActAsync(NewClerk, path, "transfer-receipt"), 403, "not-the-receiving-office");
        Expect(201, await ActAsync(As(Roles.Clerk, "140213058"), path, "transfer-receipt"));
    }

    [Test]
    public async Task Who_moves_out_of_the_district_and_is_registered_in_it_stays_with_the_street_of_registration()
    {
        var path = await AcceptedAsync(AHousehold.OfOne());

        var moved = Expect(201, await ActAsync(Clerk, path, "moves", Move("140106")))["applications"][0]!;

        Assert.That(((string)moved["routing"]!["rule"]!, (string)moved["routing"]!["acceptingDivisionCode"]!), Is.EqualTo(("RegisteredHereLivingOutside", "140213050")));
    }

    [Test]
    public async Task A_proof_of_residence_shown_with_the_form_is_not_asked_for()
    {
        var household = AHousehold.OfOne();
        household.Form["habitualResidence"]!["proof"] = "UtilityBill";
        var path = await SubmittedAsync(household);

        Assert.That(((string)Proof(await SealedAsync(path))["status"]!, (bool)Proof(await Clerk.GetAsync($"{path}/disclosure"))["isAsked"]!), Is.EqualTo(("Supplied", false)));
        Expect(201, await ActAsync(Clerk, path, "acceptance"));
    }

    private JsonObject Move(string division = "140213057001", string? proof = null) => new()
    {
        ["movedOn"] = Today,
        ["habitualResidence"] = new JsonObject { ["divisionCode"] = division, ["address"] = "样例路3号", ["proof"] = proof },
    };

    private static JsonNode Proof(ApiAnswer disclosure) => Items(disclosure).Single(item => (string)item!["itemCode"]! == "residence-proof")!;
}
