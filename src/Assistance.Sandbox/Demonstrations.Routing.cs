using System.Text.Json.Nodes;

namespace Assistance.Sandbox;

/// <summary>Residence decides, nobody is sent away: which office accepts, and where the rest goes.</summary>
public sealed partial class Demonstrations
{
    private async Task ThreeInAnotherStreetAsync()
    {
        var submitted = await SubmittedAsync();
        var path = PathOf(submitted);
        Routed(submitted, "RegisteredAndLivingInTheDistrict", Zhenhua, "the street of residence accepts, whichever window took it");
        await PrintAsync(path, "Receipt");
        await PrintAsync(path, "Form");
        await PrintAsync(path, "TransferNotice");
        Expect(201, await ActAsync(Clerk(Zhenhua), path, "transfer-receipt"));
        var disclosure = await SealedAsync(path);
        Check(Asked(disclosure) is ["residence-proof"], "one thing is asked for: where they live; their deposit the bank answers");
        await PrintDisclosureAsync(path);
        await AcceptedAsync(path, disclosure);
        await PrintAsync(path, "AcceptanceNotice");
    }

    private async Task LivingOutsideAsync()
    {
        var submitted = await SubmittedAsync();
        var path = PathOf(submitted);
        Routed(submitted, "RegisteredHereLivingOutside", Yongtai, "the street of registration accepts");
        Check((bool)submitted["applications"][0]!["routing"]!["residenceDiffers"]!, "residence and registration differ");
        await AcceptedAsync(path, await SealedAsync(path, Yongtai), Yongtai);
        var total = Items(Expect(200, await Clerk(Yongtai).GetAsync(path)), "clocks").Single(clock => (string)clock!["code"]! == "Total")!;
        Check((int)total["workingDays"]! == 45, $"45 working days in all, until {total["dueOn"]}");
        await PrintAsync(path, "AcceptanceNotice");
    }

    private async Task MembersOfTwoProvincesAsync()
    {
        var submitted = await SubmittedAsync();
        Routed(submitted, "AnotherMemberRegisteredAndLivingInTheDistrict", Zhenhua, "the wife's registration and residence agree here, and decide (57 art. 5(1), first half)");
        await SealedAsync(PathOf(submitted));
    }

    private async Task MembersOfTwoProvincesLivingOutsideAsync()
    {
        var submitted = await SubmittedAsync();
        Routed(submitted, "AnotherMemberRegisteredHereLivingOutside", Yongtai, "nobody lives where registered: the wife's registration serves (57 art. 5(1), second half)");
        await AcceptedAsync(PathOf(submitted), await SealedAsync(PathOf(submitted), Yongtai), Yongtai);
    }

    private Task MembersOfTwoProvincesAtHomeElsewhereAsync() => PassedOnAsync("AppliesWhereAMemberIsRegisteredAndLives", "150926");

    private async Task MembersOfTwoCountiesAsync()
    {
        var submitted = await SubmittedAsync();
        Routed(submitted, "AnotherMemberOfTheProvinceRegisteredAndLivingInTheDistrict", Yuhe, "the same test is applied inside the province");
        Check((bool)submitted["applications"][0]!["routing"]!["isSample"]!, "the answer says that Shanxi's own rule was not found");
    }

    private Task RegisteredElsewhereAsync() => PassedOnAsync("AppliesWhereTheHouseholdIsRegistered", "140106");

    private Task ResidencePermitAsync() => PassedOnAsync("AppliesWhereTheHouseholdIsRegistered", "130731");

    private async Task EmergencyHereAsync()
    {
        var submitted = await SubmittedAsync();
        var path = PathOf(submitted);
        Routed(submitted, "TheEmergencyHappenedInTheDistrict", Shuibosi, "the street where it happened accepts, without any test of registration or residence");
        var disclosure = await SealedAsync(path, Shuibosi);
        Check(Asked(disclosure) is ["emergency-circumstances"], "what happened is the one thing to be shown, or promised");
        await AcceptedAsync(path, disclosure, Shuibosi);
    }

    private async Task EducationAtTheSchoolAsync()
    {
        var submitted = await SubmittedAsync();
        Routed(submitted, "EducationIsAppliedForAtTheSchool", to: null, "the school takes it, and no street office");
        Check((string)submitted["applications"][0]!["routing"]!["legalBases"]![0]!["code"]! == "LAW-38", "by art. 38");
        Check(Says(await PrintAsync(PathOf(submitted), "Receipt"), "就读学校"), "the receipt names the school");
    }

    private async Task HousingAtTwoDoorsAsync()
    {
        var submitted = await SubmittedAsync();
        Routed(submitted, "RegisteredAndLivingInTheDistrict", Zhenhua, "the street of residence accepts");
        Check((string)submitted["applications"][0]!["routing"]!["alsoAt"]! == "HousingDepartment", "the housing department would have taken it as well");
        var disclosure = await SealedAsync(PathOf(submitted));
        Check(Items(disclosure).All(item => (string)item!["itemCode"]! != "tax-record"), "what only income is told by is no matter of this list");
        Check(Says(await PrintAsync(PathOf(submitted), "Receipt"), "住房保障部门"), "the receipt names the other door");
    }

    private async Task SeveralProgrammesAsync()
    {
        var submitted = await SubmittedAsync();
        var applications = Items(submitted, "applications");
        Check(applications.Count == 4, "one case, an application for each programme");
        Check(
            applications.Select(application => (string)application!["state"]!).SequenceEqual(["Received", "Received", "Received", "TransferredOut"]),
            "three are worked on here, and the school takes the fourth");
        await PrintAsync(PathOf(submitted), "Receipt");
        await PrintAsync(PathOf(submitted), "Form");
        var disclosure = await SealedAsync(PathOf(submitted));
        Check(Item(disclosure, "residence-proof")["programmes"]!.AsArray().Count == 3, "one proof of residence serves all three");
        Refused(await ActAsync(Clerk(Zhenhua), PathOf(submitted, 1), "disclosure"), 409, "disclosure-already-sealed", "there is no second list for the second programme");
        await PrintDisclosureAsync(PathOf(submitted));
        await AcceptedAsync(PathOf(submitted), disclosure);
        Expect(201, await ActAsync(Clerk(Zhenhua), PathOf(submitted, 1), "acceptance"));
        Expect(201, await ActAsync(Clerk(Zhenhua), PathOf(submitted, 2), "acceptance"));
    }

    private async Task MovesDuringTheCaseAsync()
    {
        var path = PathOf(await SubmittedAsync());
        var accepted = await AcceptedAsync(path, await SealedAsync(path));
        var moved = Expect(201, await ActAsync(Clerk(Zhenhua), path, "moves", new JsonObject
        {
            ["movedOn"] = Text(Today),
            ["habitualResidence"] = new JsonObject { ["divisionCode"] = $"{Yuhe}001", ["address"] = "御河东路样例小区12号楼", ["proof"] = "Lease" },
        }));
        Check((bool)moved["applications"][0]!["isHandedOver"]!, "the street they moved to goes on with it");
        Refused(await ActAsync(Clerk(Yuhe), path, "moves", Move()), 403, "not-the-accepting-office", "until it is taken up there, it stays where it is");
        Expect(201, await ActAsync(Clerk(Yuhe), path, "transfer-receipt"));
        Check((await Clerk(Zhenhua).GetAsync(path)).Status == 404, "the street they left does not see it any more");
        var now = Expect(200, await Clerk(Yuhe).GetAsync(path));
        Check((string)now["state"]! == "Accepted" && (string)now["dueOn"]! == (string)accepted["dueOn"]!, "it is still accepted, and due on the same day");
        Check((bool)Expect(200, await Clerk(Yuhe).GetAsync($"{path}/disclosure"))["isComplete"]!, "nothing is asked for again");
        Check(Says(await PrintAsync(path, "TransferNotice"), "迁居"), "the notice says why");
        await AssessedAsync(path, "Eligible", Yuhe);

        static JsonObject Move() => new()
        {
            ["movedOn"] = "2026-09-21",
            ["habitualResidence"] = new JsonObject { ["divisionCode"] = $"{Kaiyuan}001", ["address"] = "样例路1号" },
        };
    }

    private async Task TwoStreetsDifferAsync()
    {
        var path = PathOf(await SubmittedAsync());
        var requested = Expect(201, await ActAsync(Clerk(Zhenhua), path, "arbitration-request", new JsonObject { ["reasons"] = "经走访，该户实际居住在御河街道。" }));
        Say($"the district decides by {requested["dueOn"]}");
        var disclosure = await SealedAsync(path);
        Check(Asked(disclosure) is ["residence-proof"], "meanwhile the street goes on, and the household notices nothing");
        Expect(201, await ActAsync(Supervisor, path, "arbitration", new JsonObject { ["acceptingDivisionCode"] = Yuhe, ["reasons"] = "租房合同和水电缴费均在御河街道。" }));
        Expect(201, await ActAsync(Clerk(Yuhe), path, "transfer-receipt"));
        Check((await Clerk(Zhenhua).GetAsync(path)).Status == 404, "the other street does not see it any more");
        Refused(await ActAsync(Clerk(Yuhe), path, "disclosure"), 409, "disclosure-already-sealed", "the list that was told holds");
        await AcceptedAsync(path, disclosure, Yuhe);
    }
}
