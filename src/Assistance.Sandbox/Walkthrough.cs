using System.Globalization;
using System.Text.Json.Nodes;
using Assistance.Api.Security;
using Spectre.Console;

namespace Assistance.Sandbox;

/// <summary>
/// Plays the main job over HTTP, step by step, and stops at the first wrong answer. Everything is asked of the real
/// service with real tokens; only the clock is moved.
/// </summary>
internal sealed class Walkthrough(Uri service, SimulatedWorld world, string seedsPath, string noticesPath) : Stage(service, world, seedsPath)
{
    private const string Window = "140213061";
    private const string AcceptingStreet = "140213054";

    private OfficerClient AnyWindow => As("clerk-wohuwan", Roles.Clerk, Window);

    private OfficerClient Clerk => As("clerk-zhenhua", Roles.Clerk, AcceptingStreet);

    private OfficerClient Reviewer => As("reviewer-zhenhua", Roles.Reviewer, AcceptingStreet);

    private OfficerClient Confirmer => As("confirmer-district", Roles.Confirmer, District);

    /// <returns>0 when every answer was right, 1 at the first wrong one.</returns>
    public async Task<int> RunAsync()
    {
        Directory.CreateDirectory(noticesPath);
        try
        {
            await ThreeInAnotherStreetAsync();
            await ElderlyCoupleAsync();
            await IncomeAboveStandardAsync();
            await RegisteredElsewhereAsync();
            AnsiConsole.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"\n[green bold]All {Checks} checks of the main job held.[/] The notices are in {noticesPath}.");
            return 0;
        }
        catch (WrongAnswerException wrong)
        {
            AnsiConsole.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"\n[red bold]Wrong answer:[/] {wrong.Message}");
            return 1;
        }
    }

    private async Task ThreeInAnotherStreetAsync()
    {
        Title("A household of three, registered in 永泰街道, living in 振华街道, applies at the window of 卧虎湾街道");
        Step(1, "The window takes one form; the system decides the accepting street");
        var form = await HouseholdAsync("three-in-another-street");
        var submitted = Expect(201, await AnyWindow.PostAsync("/v1/applications", form));
        var id = (string)submitted["applications"][0]!["applicationId"]!;
        Say($"case {submitted["caseNumber"]}, received {submitted["receipt"]["receivedAt"]} at {submitted["receipt"]["receivedByDivision"]}");
        Say($"routing: {submitted["applications"][0]!["routing"]!["sentence"]} → {submitted["applications"][0]!["routing"]!["acceptingDivision"]}");
        Say($"basis: {Articles(submitted["applications"][0]!["routing"]!["legalBases"]!)}");
        Check((string)submitted["applications"][0]!["routing"]!["acceptingDivisionCode"]! == AcceptingStreet, "the street of residence accepts");
        Check((bool)submitted["applications"][0]!["routing"]!["residenceDiffers"]!, "residence and registration differ");
        var again = await AnyWindow.PostAsync("/v1/applications", form);
        Check(again.Status == 409 && again.Code == "already-applied", "a second application of the same people is refused, naming the case");

        Step(3, "Look-ups run by themselves after the commit, before the list is sealed");
        await SettledAsync(id, lookups: 18);
        foreach (var lookup in (JsonArray)Expect(200, await Clerk.GetAsync($"/v1/applications/{id}/lookups"))["items"])
        {
            foreach (var fact in (JsonArray)lookup!["facts"]!)
            {
                Say($"{lookup["source"],-22} {fact!["kind"],-22} {Value(fact)}  (query {((string)lookup["lookupId"]!)[^6..]}, valid until {lookup["validUntilOn"]})");
            }
        }

        Step(2, "The one-time disclosure: answered by a department, on file, or still to bring; sealed");
        await AcceptedAsync(id);

        Step(4, "The household is assessed");
        await AssessedAsync($"/v1/applications/{id}", expectedFen: 125_000);

        Step(5, "Preliminary review, public posting of 7 days, confirmation by another officer of the district");
        var granted = await DecidedAsync(id, "Grant", "家庭人均月收入低于最低生活保障标准，财产状况符合规定，符合最低生活保障条件。");
        Check((long)granted["newMonthlyFen"]! == 125_000 && (string)granted["effectiveMonthOn"]! == "2026-10-01", "1,250 yuan a month from October 2026");
        await NoticeAsync(granted, "1-grant");
        var award = (string)granted["awardId"]!;

        Step(6, "A member's income rises: reduce, only after a recorded prior hearing");
        ForwardTo(new DateOnly(2026, 11, 9));
        var persons = (JsonArray)Expect(200, await Clerk.GetAsync($"/v1/applications/{id}"))["members"];
        var (husband, wife) = ((string)persons[0]!["personId"]!, (string)persons[1]!["personId"]!);
        var reduction = await ChangedAsync(award, id, Income(husband, "2026-11-01", ("Wages", 160_000)), kind: "Reduce", newFen: 65_000);
        var unheard = await Confirmer.PostAsync($"/v1/award-adjustments/{reduction}/decision", Decision("Reduce"), await TagAsync($"/v1/award-adjustments/{reduction}"));
        Check(unheard.Status == 409 && unheard.Code == "prior-hearing-missing" && (string)unheard["legalBasis"]["code"]! == "LAW-48", "without a hearing: 409, art. 48");
        Say($"refused: {unheard["detail"]} ({Article(unheard["legalBasis"])})");
        await HeardAsync(reduction, "工资是涨了，但加班不固定，希望按以前的数额发。", "人社、税务部门答复的月工资一致；收入再有变化时可随时申报，重新核算。");
        await AdjustedAsync(reduction, "Reduce", "2-reduce", "家庭收入增加，按最低生活保障标准与家庭人均收入的差额重新核算，保障金相应减少。");

        Step(6, "A child is born: increase, without a hearing");
        ForwardTo(new DateOnly(2026, 12, 7));
        var birth = new JsonObject
        {
            ["kind"] = "MemberBorn",
            ["changedOn"] = "2026-12-02",
            ["newMember"] = new JsonObject { ["name"] = "张小苗", ["relationship"] = "Child", ["evidence"] = "PaperSighted" },
        };
        await AdjustedAsync(await ChangedAsync(award, id, birth, kind: "Increase", newFen: 140_000), "Increase", "3-increase", "家庭新增成员，按最低生活保障标准与家庭人均收入的差额重新核算，保障金相应增加。");

        Step(6, "Income recovers: stop, only after a hearing");
        ForwardTo(new DateOnly(2027, 2, 22));
        var stop = await ChangedAsync(award, id, Income(wife, "2027-02-01", ("Wages", 240_000)), kind: "Stop", newFen: 0);
        var unheardStop = await Confirmer.PostAsync($"/v1/award-adjustments/{stop}/decision", Decision("Stop"), await TagAsync($"/v1/award-adjustments/{stop}"));
        Check(unheardStop.Code == "prior-hearing-missing", "no stop without a hearing");
        await HeardAsync(stop, statement: null);
        await AdjustedAsync(stop, "Stop", "4-stop", "家庭收入增加，人均月收入不低于最低生活保障标准，不再符合最低生活保障条件。");

        await TimelineAsync(id);
    }

    private async Task ElderlyCoupleAsync()
    {
        Title("An elderly couple: one dies and the survivor is reassessed; the survivor dies and the award ends");
        ForwardTo(new DateOnly(2027, 3, 1));
        var submitted = Expect(201, await AnyWindow.PostAsync("/v1/applications", await HouseholdAsync("elderly-couple")));
        var id = (string)submitted["applications"][0]!["applicationId"]!;
        await SettledAsync(id, lookups: 12);
        await AcceptedAsync(id);
        await AssessedAsync($"/v1/applications/{id}", expectedFen: 90_000);
        var granted = await DecidedAsync(id, "Grant", "家庭人均月收入低于最低生活保障标准，财产状况符合规定，符合最低生活保障条件。");
        var award = (string)granted["awardId"]!;
        var persons = (JsonArray)Expect(200, await Clerk.GetAsync($"/v1/applications/{id}"))["members"];
        var (husband, wife) = ((string)persons[0]!["personId"]!, (string)persons[1]!["personId"]!);

        Step(6, "The husband dies: the surviving wife is reassessed, and heard, since the amount falls");
        ForwardTo(new DateOnly(2027, 4, 19));
        var reduction = await ChangedAsync(award, id, Death(husband, "2027-04-10"), kind: "Reduce", newFen: 75_000);
        await HeardAsync(reduction, "我一个人生活，没有其他收入。", "所述情况属实，已按1人、无收入计算；金额减少系保障人口减少所致。");
        await AdjustedAsync(reduction, "Reduce", "5-reduce-after-death", "家庭成员去世，保障人口由2人减为1人，按最低生活保障标准与家庭人均收入的差额重新核算，保障金相应减少。");

        Step(6, "The wife dies too: nobody survives, and the award ends without a hearing, by its own rule");
        ForwardTo(new DateOnly(2027, 5, 25));
        var end = await ChangedAsync(award, id, Death(wife, "2027-05-20"), kind: "Stop", newFen: 0);
        await AdjustedAsync(end, "Stop", "6-end-nobody-survives", "家庭成员均已去世，保障对象不复存在。");
        await TimelineAsync(id);
    }

    private async Task IncomeAboveStandardAsync()
    {
        Title("A single man whose income is above the standard: refuse, with reasons");
        var submitted = Expect(201, await Clerk.PostAsync("/v1/applications", await HouseholdAsync("income-above-standard")));
        var id = (string)submitted["applications"][0]!["applicationId"]!;
        await SettledAsync(id, lookups: 6);
        await AcceptedAsync(id);
        await AssessedAsync($"/v1/applications/{id}", expectedFen: 0);
        var refused = await DecidedAsync(id, "Refuse", "人社部门答复的月工资为1,200.00元，高于家庭申报的600.00元；人均月收入不低于最低生活保障标准，不符合最低生活保障条件。");
        await NoticeAsync(refused, "7-refuse");
        await TimelineAsync(id);
    }

    private async Task RegisteredElsewhereAsync()
    {
        Title("A man registered and living outside the district: taken all the same, with guidance and a transfer");
        var submitted = Expect(201, await AnyWindow.PostAsync("/v1/applications", await HouseholdAsync("registered-elsewhere")));
        Check((string)submitted["applications"][0]!["state"]! == "TransferredOut", "it is transferred outward and not refused");
        Say($"receipt {submitted["caseNumber"]}: {submitted["applications"][0]!["routing"]!["sentence"]} → {submitted["applications"][0]!["routing"]!["acceptingDivision"]}");
    }

    private async Task SettledAsync(string id, int lookups)
    {
        for (var attempt = 0; attempt < 100; attempt++)
        {
            var answer = Expect(200, await Clerk.GetAsync($"/v1/applications/{id}/lookups"));
            if ((bool)answer["isSettled"]! && ((JsonArray)answer["items"]).Count >= lookups)
            {
                Check(((JsonArray)answer["items"]).Count(item => (string)item!["state"]! is "Answered" or "NotFound") >= lookups, $"{((JsonArray)answer["items"]).Count} look-ups answered");
                return;
            }

            await Task.Delay(100);
        }

        throw new WrongAnswerException("the look-ups did not settle within ten seconds");
    }

    private async Task AcceptedAsync(string id)
    {
        var path = $"/v1/applications/{id}";
        var disclosure = Expect(201, await Clerk.PostAsync($"{path}/disclosure", tag: await TagAsync(path)));
        Say($"sealed as {disclosure["versions"][0]!["number"]}, SHA-256 {((string)disclosure["versions"][0]!["contentHash"]!)[..16]}…");
        foreach (var item in (JsonArray)disclosure["items"])
        {
            Say($"{item!["status"],-21} {item["name"]} {item["personName"]} — {Article(item["legalBasis"]!)}");
        }

        await WriteAsync($"0-disclosure-{id[^6..]}", Expect(200, await Clerk.GetAsync($"{path}/disclosure/page")).Text);
        foreach (var item in ((JsonArray)disclosure["items"]).Where(item => (string)item!["status"]! == "AnsweredByDepartment").Take(1))
        {
            var supply = new JsonObject { ["itemKey"] = (string)item!["itemKey"]!, ["way"] = "PaperSighted" };
            var forbidden = await Clerk.PostAsync($"{path}/disclosure-supplies", supply.ToJsonString(), await TagAsync(path));
            Check(forbidden.Status == 422 && forbidden.Code == "department-answers-this", "what a department answers may not be taken from the household: 422, art. 62");
        }

        foreach (var item in ((JsonArray)disclosure["items"]).Where(item => (string)item!["status"]! == "Required"))
        {
            var supply = new JsonObject { ["itemKey"] = (string)item!["itemKey"]!, ["way"] = (string)item["ways"]![0]! };
            Expect(201, await Clerk.PostAsync($"{path}/disclosure-supplies", supply.ToJsonString(), await TagAsync(path)));
            Say($"brought: {item["name"]}");
        }

        var accepted = Expect(201, await Clerk.PostAsync($"{path}/acceptance", tag: await TagAsync(path)));
        Say($"accepted; due {accepted["dueOn"]}{((bool)accepted["isDueProvisional"]! ? " (provisional)" : "")}");
        foreach (var clock in (JsonArray)Expect(200, await Clerk.GetAsync(path))["clocks"])
        {
            Say($"clock {clock!["code"]}: {clock["workingDays"]} working days from {clock["startingEvent"]}, until {clock["dueOn"]} — {Article(clock["legalBasis"]!)}");
        }
    }

    private async Task AssessedAsync(string path, long expectedFen)
    {
        var assessment = Expect(201, await Reviewer.PostAsync($"{path}/assessment", tag: await TagAsync(path)));
        foreach (var finding in (JsonArray)assessment["findings"])
        {
            Say($"{finding!["outcome"],-10} {finding["sentence"]} — {Articles(finding["legalBases"]!)}");
        }

        Check((long)assessment["monthlyFen"]! == expectedFen, $"{Yuan(expectedFen)} a month");
    }

    private async Task<ApiAnswer> DecidedAsync(string id, string kind, string reasons)
    {
        var path = $"/v1/applications/{id}";
        var opinion = new JsonObject { ["opinion"] = kind == "Grant" ? "ProposeGrant" : "ProposeRefusal", ["reasons"] = reasons };
        Expect(201, await Reviewer.PostAsync($"{path}/preliminary-review", opinion.ToJsonString(), await TagAsync(path)));
        var posting = Expect(201, await Reviewer.PostAsync($"{path}/public-posting", tag: await TagAsync(path)));
        Say($"posted in {posting["community"]} until {posting["endsOn"]}: {posting["applicantName"]}, members: {posting["members"]}, {posting["proposedResult"]}");
        var decision = new JsonObject { ["kind"] = kind, ["reasons"] = reasons }.ToJsonString();
        var early = await Reviewer.PostAsync($"{path}/district-report", tag: await TagAsync(path));
        Check(early.Status == 409 && early.Code == "posting-still-running", "nothing goes to the district while the posting runs");
        World.Clock.Forward(TimeSpan.FromDays(8));
        var report = Expect(201, await Reviewer.PostAsync($"{path}/district-report", tag: await TagAsync(path)));
        Say($"reported to the district, whose opinion is due by {report["opinionDueOn"]}");
        var own = await As("reviewer-zhenhua", Roles.Confirmer, District).PostAsync($"{path}/confirmation", decision, await TagAsync(path));
        Check(own.Status == 403 && own.Code == "own-review", "the reviewer cannot confirm");
        return Expect(201, await Confirmer.PostAsync($"{path}/confirmation", decision, await TagAsync(path)));
    }

    private async Task<string> ChangedAsync(string award, string applicationId, JsonObject change, string? kind, long newFen)
    {
        var before = ((JsonArray)Expect(200, await Clerk.GetAsync($"/v1/applications/{applicationId}/lookups"))["items"]).Count;
        var reported = Expect(201, await Clerk.PostAsync($"/v1/awards/{award}/circumstance-changes", change.ToJsonString(), await TagAsync($"/v1/awards/{award}")));
        await SettledAsync(applicationId, before + 1);
        var path = $"/v1/award-adjustments/{reported["adjustmentId"]}";
        var proposal = Expect(201, await Reviewer.PostAsync($"{path}/assessment", tag: await TagAsync(path)));
        Say($"{change["kind"]}: {proposal["proposedKind"]} {Yuan((long)proposal["oldMonthlyFen"]!)} → {Yuan((long)proposal["newMonthlyFen"]!)}, hearing needed: {proposal["needsPriorHearing"]}");
        Check((string?)proposal["proposedKind"] == kind && (long)proposal["newMonthlyFen"]! == newFen, $"{kind} to {Yuan(newFen)}");
        return (string)reported["adjustmentId"]!;
    }

    private async Task HeardAsync(string adjustment, string? statement, string? reasons = null)
    {
        var today = Text(Today);
        var hearing = new JsonObject
        {
            ["proposalToldOn"] = today,
            ["heardOn"] = today,
            ["answer"] = statement is null ? "Declined" : "Spoke",
        };
        if (statement is not null)
        {
            hearing["statement"] = statement;
            hearing["isAdopted"] = false;
            hearing["reasons"] = reasons;
        }

        var path = $"/v1/award-adjustments/{adjustment}";
        Expect(201, await Reviewer.PostAsync($"{path}/prior-hearing", hearing.ToJsonString(), await TagAsync(path)));
        Say("the household was heard");
    }

    private async Task AdjustedAsync(string adjustment, string kind, string name, string reasons)
    {
        var path = $"/v1/award-adjustments/{adjustment}";
        var decision = Expect(201, await Confirmer.PostAsync($"{path}/decision", Decision(kind, reasons), await TagAsync(path)));
        Say($"{decision["kind"]}: {Yuan((long)decision["oldMonthlyFen"]!)} → {Yuan((long)decision["newMonthlyFen"]!)} from {((string)decision["effectiveMonthOn"]!)[..7]}");
        await NoticeAsync(decision, name);
    }

    private async Task NoticeAsync(ApiAnswer decision, string name)
    {
        var notice = Expect(200, await Confirmer.GetAsync($"/v1/notices/{decision["noticeId"]}"));
        var content = notice["content"];
        Check(((JsonArray)content["findings"]!).Count > 0 && ((JsonArray)content["legalBases"]!).Count > 0 && ((JsonArray)content["remedies"]!).Count == 2, "the notice explains itself");
        foreach (var remedy in (JsonArray)content["remedies"]!)
        {
            Say($"{content["noticeNumber"]}: {remedy!["kind"]} at {remedy["body"]}, last day {remedy["lastDayOn"]} if served today");
        }

        await WriteAsync(name, Expect(200, await Confirmer.GetAsync($"/v1/notices/{decision["noticeId"]}/page")).Text);
        await File.WriteAllTextAsync(Path.Combine(noticesPath, $"{name}.json"), content.ToJsonString(new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }));
    }

    private async Task TimelineAsync(string id)
    {
        Step(7, "The timeline of the case, from the event log alone");
        var number = 0;
        for (int? after = 0; after is not null;)
        {
            var page = Expect(200, await Clerk.GetAsync($"/v1/applications/{id}/timeline?after={after}&take=100"));
            foreach (var entry in (JsonArray)page["items"])
            {
                Check((int)entry!["number"]! == ++number, "events are numbered without gaps", isQuiet: true);
                Say($"{entry["number"],3} {((string)entry["occurredAt"]!)[..16]} {entry["actorId"],-20} {entry["sentence"]}");
            }

            after = (int?)page.Json!["next"];
        }
    }

    private async Task WriteAsync(string name, string page) => await File.WriteAllTextAsync(Path.Combine(noticesPath, $"{name}.html"), page);

    private void ForwardTo(DateOnly day)
    {
        var now = World.Clock.GetUtcNow().ToOffset(TimeSpan.FromHours(8));
        World.Clock.Forward(TimeSpan.FromDays(day.DayNumber - DateOnly.FromDateTime(now.DateTime).DayNumber));
        Say($"the clock moves to {day:yyyy-MM-dd}");
    }

    private static JsonObject Income(string personId, string changedOn, params (string Kind, long MonthlyFen)[] incomes) => new()
    {
        ["kind"] = "IncomeChanged",
        ["changedOn"] = changedOn,
        ["personId"] = personId,
        ["incomes"] = new JsonArray([.. incomes.Select(income => new JsonObject { ["kind"] = income.Kind, ["monthlyFen"] = income.MonthlyFen })]),
    };

    private static JsonObject Death(string personId, string diedOn) =>
        new() { ["kind"] = "MemberDied", ["changedOn"] = diedOn, ["personId"] = personId };

    private static string Decision(string kind, string reasons = "家庭情况发生变化。") =>
        new JsonObject { ["kind"] = kind, ["reasons"] = reasons }.ToJsonString();

    private static void Step(int number, string text) => AnsiConsole.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"\n[bold]{number}. {text}[/]");

    private static string Yuan(long fen) => string.Create(CultureInfo.InvariantCulture, $"{fen / 100m:#,##0.00} yuan");

    private static string Value(JsonNode fact) =>
        fact["amountFen"] is { } fen ? Yuan((long)fen) : $"{fact["count"]}{fact["divisionCode"]}{(fact["count"] ?? fact["divisionCode"]) switch { null => fact["fromOn"], _ => null }}";

    private static string Sentences(ApiAnswer assessment, string outcome) => string.Join(" ", ((JsonArray)assessment["findings"])
        .Where(finding => (string)finding!["outcome"]! == outcome).Select(finding => finding!["sentence"]));
}
