using System.Text.Json.Nodes;
using Assistance.Api.Security;
using Assistance.Domain.Intake;
using Assistance.Domain.Shared;
using Assistance.Sandbox;

namespace Assistance.Api.Tests.Procedures;

/// <summary>
/// Cases played through, with the clocks in the database before and after each act exactly as the act's row says: none more and none
/// less. What a case makes conditional is named with the act.
/// </summary>
public sealed class ProcedureClockTests(Engine engine) : ApiTests(engine)
{
    private const string OtherStreet = "140213057";

    [Test]
    public async Task From_the_window_to_the_grant()
    {
        var path = await HandedInAsync(AHousehold.OfOne(), ClockCondition.AcceptedHere, ClockCondition.SentOn);
        await SettledAsync(path);

        await DoneAsync(Clerk, path, "transfer-receipt");
        var sealedList = await DoneAsync(Clerk, path, "disclosure");
        await DoneAsync(Clerk, path, "disclosure-acknowledgements", new JsonObject
        {
            ["version"] = 1,
            ["way"] = "Signature",
            ["acknowledgedOn"] = Today,
            ["personId"] = await PersonAsync(path),
        });
        foreach (var item in Items(sealedList).Where(item => (string)item!["status"]! == "Required"))
        {
            var supply = new JsonObject { ["itemKey"] = (string)item!["itemKey"]!, ["way"] = (string)item["ways"]![0]! };
            await DoneAsync(Clerk, path, "disclosure-supplies", supply);
            await DoneAsync(Clerk, path, "disclosure-supply-returns", new JsonObject { ["itemKey"] = (string)item["itemKey"]!, ["reason"] = "Illegible", ["remark"] = "请重新提供。" });
            await DoneAsync(Clerk, path, "disclosure-supplies", (JsonObject)supply.DeepClone());
        }

        await DoneAsync(Clerk, path, "arbitration-request", Reasons());
        await DoneAsync(Supervisor, path, "arbitration", Ruling(Street));
        await DoneAsync(Clerk, path, "acceptance");
        await DoneAsync(As(Roles.Visitor, Street), path, "home-visits", await VisitAsync(path));
        await DoneAsync(Reviewer, path, "assessment");
        await DoneAsync(Reviewer, path, "preliminary-review", Opinion("ProposeGrant"));
        await DoneAsync(Reviewer, path, "public-posting");
        World.Clock.Forward(TimeSpan.FromDays(8));
        await DoneAsync(Reviewer, path, "district-report");
        await DoneAsync(Reviewer, path, "verification");
        await SettledAsync(path, round: 2);
        await DoneAsync(Reviewer, path, "assessment");
        await DoneAsync(Confirmer, path, "home-visits", await VisitAsync(path));
        await DoneAsync(Confirmer, path, "confirmation", Decision("Grant"));
    }

    [Test]
    public async Task Acceptance_takes_up_what_waits_and_an_assessment_starts_the_investigation()
    {
        var path = await HandedInAsync(AHousehold.OfOne(), ClockCondition.AcceptedHere, ClockCondition.SentOn);
        await SupplyAllAsync(path);

        await DoneAsync(Clerk, path, "acceptance", body: null, ClockCondition.NotForAMove);
        await DoneAsync(Reviewer, path, "assessment");
    }

    [Test]
    public async Task A_programme_without_periods_in_the_system_starts_none()
    {
        var household = AHousehold.OfOne();
        household.Form["programmes"] = new JsonArray("TemporaryAssistance");
        household.Form["emergencyPlace"] = Street;
        var path = await HandedInAsync(household, ClockCondition.AcceptedHere, ClockCondition.SentOn);
        await SupplyAllAsync(path);

        await DoneAsync(Clerk, path, "acceptance", body: null, ClockCondition.NotForAMove);
    }

    [Test]
    public async Task A_result_that_differs_takes_it_back_from_the_district_with_its_clock_and_the_refusal_meets_the_new_one()
    {
        var path = await ReportedToDistrictAsync(await PostedAsync(AHousehold.OfOne()));
        await DoneAsync(Clerk, path, "circumstance-changes", IncomeChange(await PersonAsync(path), 200_000));
        await SettledAsync(path, round: 2);

        await DoneAsync(Reviewer, path, "assessment", body: null, ClockCondition.ResultDiffers);
        await DoneAsync(Reviewer, path, "preliminary-review", Opinion("ProposeRefusal"));
        await DoneAsync(Reviewer, path, "public-posting");
        World.Clock.Forward(TimeSpan.FromDays(8));
        await DoneAsync(Reviewer, path, "district-report");
        await DoneAsync(Confirmer, path, "confirmation", Decision("Refuse"));
    }

    [Test]
    public async Task A_ruling_for_another_street_takes_the_place_of_the_transfer_that_waits()
    {
        var path = await HandedInAsync(AHousehold.OfOne(), ClockCondition.AcceptedHere, ClockCondition.SentOn);
        await DoneAsync(Clerk, path, "arbitration-request", Reasons());

        await DoneAsync(Supervisor, path, "arbitration", Ruling(OtherStreet), ClockCondition.Superseded, ClockCondition.SentOn);
        await DoneAsync(As(Roles.Clerk, OtherStreet), path, "transfer-receipt");
    }

    [Test]
    public async Task A_move_and_one_back_start_and_withdraw_the_handing_over_and_no_other_clock()
    {
        var path = await AcceptedAsync(AHousehold.OfOne());
        var back = Move(AHousehold.Residence);
        back["habitualResidence"]!["address"] = "样例路2号";

        await DoneAsync(Clerk, path, "moves", Move(OtherStreet + "001"), ClockCondition.SentOn);
        await DoneAsync(Clerk, path, "moves", back, ClockCondition.Superseded);
        await DoneAsync(Clerk, path, "moves", Move("140213054001"));
    }

    // N22 part 4(1): the whole is 45 working days where residence and registration differ.
    [Test]
    public async Task A_move_to_another_street_extends_the_whole_when_it_is_taken_up_there()
    {
        var path = await AcceptedAsync(AHousehold.OfOne().RegisteredIn(AHousehold.Residence));

        await DoneAsync(Clerk, path, "moves", Move(OtherStreet + "001"), ClockCondition.SentOn);
        await DoneAsync(As(Roles.Clerk, OtherStreet), path, "transfer-receipt", body: null, ClockCondition.ResidenceDiffers);
    }

    [Test]
    public async Task A_move_out_of_the_district_extends_the_whole_at_once_where_the_street_of_registration_goes_on()
    {
        var path = await AcceptedAsync(AHousehold.OfOne().RegisteredIn(AHousehold.Residence));

        await DoneAsync(Clerk, path, "moves", Move("140106"), ClockCondition.ResidenceDiffers);
    }

    [Test]
    public async Task What_goes_to_another_district_starts_the_handing_over_alone()
    {
        var path = await HandedInAsync(AHousehold.OfOne().RegisteredIn("140106").LivingIn("140106"), ClockCondition.SentOn);

        await DoneAsync(Supervisor, path, "transfer-receipt");
    }

    private static JsonObject Reasons() => new() { ["reasons"] = "经核实该户实际居住在另一街道。" };

    private static JsonObject Ruling(string division) => new() { ["acceptingDivisionCode"] = division, ["reasons"] = "租房合同在该街道。" };

    private JsonObject Move(string division) => new()
    {
        ["movedOn"] = Today,
        ["habitualResidence"] = new JsonObject { ["divisionCode"] = division, ["address"] = "样例路9号" },
    };

    private async Task<JsonObject> VisitAsync(string path) => new()
    {
        ["visitedOn"] = Today,
        ["method"] = "OnSite",
        ["visitors"] = new JsonArray(
            new JsonObject { ["officerId"] = "visitor-1", ["name"] = "样例丙" }, new JsonObject { ["officerId"] = "visitor-2", ["name"] = "样例丁" }),
        ["factsFound"] = "与申报一致。",
        ["signedByPersonId"] = await PersonAsync(path),
    };

    private async Task<string> HandedInAsync(AHousehold household, params ClockCondition[] given)
    {
        var path = await SubmittedAsync(household);
        ProcedureWatch.Hold(ApplicationAct.Submit, before: null, await new ProcedureWatch(Service).StandingAsync(path), given);
        return path;
    }

    private async Task SupplyAllAsync(string path)
    {
        foreach (var item in Items(await SealedAsync(path)).Where(item => (string)item!["status"]! == "Required"))
        {
            await SupplyAsync(path, item!);
        }
    }

    private async Task<ApiAnswer> DoneAsync(OfficerClient officer, string path, string act, JsonObject? body = null, params ClockCondition[] given) =>
        Expect(201, await ActAsync(officer, path, act, body, given));
}
