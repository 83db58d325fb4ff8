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

        Refused(await ActAsync(NewClerk, path, "transfer-receipt"), 404, "not-found");
        Expect(201, await ActAsync(As(Roles.Clerk, "140213058"), path, "transfer-receipt"));
    }

    [Test]
    public async Task Who_moves_back_before_it_was_taken_up_stays_with_the_old_street()
    {
        var household = AHousehold.OfOne();
        var path = await AcceptedAsync(household);
        Expect(201, await ActAsync(Clerk, path, "moves", Move()));

        var back = Move(AHousehold.Residence);
        back["habitualResidence"]!["address"] = "样例路2号";
        Assert.That((bool)Expect(201, await ActAsync(Clerk, path, "moves", back))["applications"][0]!["isHandedOver"]!, Is.False);

        Assert.That((await NewClerk.GetAsync(path)).Status, Is.EqualTo(404), "what was offered and withdrawn is not seen any more");
        Refused(await ActAsync(Clerk, path, "transfer-receipt"), 409, "nothing-to-take-up");
        Assert.That(Items(await Clerk.GetAsync($"{path}/transfers"), "transfers").Last()!["withdrawnAt"], Is.Not.Null);
    }

    [Test]
    public async Task The_street_in_between_never_had_it_and_sees_it_no_longer()
    {
        var path = await AcceptedAsync(AHousehold.OfOne());
        Expect(201, await ActAsync(Clerk, path, "moves", Move()));
        Expect(201, await ActAsync(Clerk, path, "moves", Move("140213058001")));

        Assert.That((await NewClerk.GetAsync(path)).Status, Is.EqualTo(404));
        var between = Items(await Clerk.GetAsync($"{path}/transfers"), "transfers").Single(transfer => (string)transfer!["toDivisionCode"]! == NewStreet)!;
        Assert.That((between["receivedAt"], (string?)between["withdrawnAt"]), Is.EqualTo(((JsonNode?)null, (string?)between["withdrawnAt"])).And.Not.EqualTo(((JsonNode?)null, (string?)null)));
    }

    // The local notice: a street does not send a household back by calling it a move.
    [Test]
    public async Task A_move_from_before_the_application_is_none_and_neither_is_one_while_the_district_is_asked()
    {
        var path = await SubmittedAsync(AHousehold.OfOne());
        var early = Move(Window + "001");
        early["movedOn"] = DateOnly.ParseExact(Today, "yyyy-MM-dd").AddDays(-1).ToString("yyyy-MM-dd");

        Refused(await ActAsync(Clerk, path, "moves", early), 422, "moved-before-the-application", "PC-RESIDENCE");
        Expect(201, await ActAsync(Clerk, path, "arbitration-request", new JsonObject { ["reasons"] = "实际居住在另一街道。" }));
        Refused(await ActAsync(Clerk, path, "moves", Move()), 409, "arbitration-open");
    }

    [Test]
    public async Task A_move_to_another_district_is_taken_up_when_that_authority_has_confirmed_it()
    {
        var household = AHousehold.OfTwo().RegisteredIn("110101");
        household.Member(1)["registeredDivisionCode"] = AHousehold.Registered;
        var path = await AcceptedAsync(household);

        var moved = Expect(201, await ActAsync(Clerk, path, "moves", Move("110101")))["applications"][0]!;

        Assert.That((string)moved["routing"]!["outcome"]!, Is.EqualTo("TransferOutward"));
        Refused(await ActAsync(Clerk, path, "transfer-receipt"), 403, "not-the-receiving-office");
        Assert.That(Expect(200, await Clerk.GetAsync($"{path}/documents/TransferNotice")).Text, Does.Contain("行政复议"));
        Assert.That((string)Expect(201, await ActAsync(Supervisor, path, "transfer-receipt"))["state"]!, Is.EqualTo("TransferredOut"));
        Expect(201, await AnyWindow.PostAsync("/v1/applications", household.ToString()));
    }

    // N22 part 4(1): 人户分离 lengthens the whole, from its own first day.
    [Test]
    public async Task Who_comes_to_live_elsewhere_than_registered_gets_the_longer_period()
    {
        var household = AHousehold.OfOne().RegisteredIn(AHousehold.Residence);
        var path = await AcceptedAsync(household);
        Assert.That(Total(await Clerk.GetAsync(path)), Is.EqualTo(30));

        Expect(201, await ActAsync(Clerk, path, "moves", Move()));
        Expect(201, await ActAsync(NewClerk, path, "transfer-receipt"));

        var read = Expect(200, await NewClerk.GetAsync(path));
        Assert.That(Total(read), Is.EqualTo(45));
        Assert.That((string)read["dueOn"]!, Is.EqualTo((string)Items(read, "clocks").Single(clock => (string)clock!["code"]! == "Total")!["dueOn"]!));
    }

    private static int Total(ApiAnswer application) =>
        (int)Items(application, "clocks").Single(clock => (string)clock!["code"]! == "Total")!["workingDays"]!;

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
