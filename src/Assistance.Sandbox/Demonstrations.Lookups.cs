using System.Text.Json.Nodes;
using Assistance.Api.Features.Lookups;
using Assistance.Domain.Lookups;

namespace Assistance.Sandbox;

/// <content>Look-ups.</content>
public sealed partial class Demonstrations
{
    private async Task EveryOutcomeAsync()
    {
        World.Departments.Behave(LookupSource.Tax, DepartmentBehaviour.Down);
        World.Departments.Behave(LookupSource.Vehicles, DepartmentBehaviour.AnswersAboutSomebodyElse);
        World.Departments.Behave(LookupSource.Banks, usual => usual with { AnswersAfter = TimeSpan.FromDays(9) });
        World.Departments.Behave(LookupSource.Securities, usual => usual with { Callbacks = CallbackPattern.Twice });
        World.Departments.Behave(LookupSource.CommercialInsurance, usual => usual with { Callbacks = CallbackPattern.OutOfOrder });
        World.Departments.Behave(LookupSource.PaymentInstitutions, usual => usual with { Callbacks = CallbackPattern.Never });
        try
        {
            var submitted = await SubmittedAsync();
            await WhatDepartmentsSayAsync(PathOf(submitted));
            await TheWifeSaysNoAndYesAsync(PathOf(submitted), (string)submitted["memberIds"][1]!);
            await WhatComesLaterAsync(PathOf(submitted));
            await TheWageWasWrongAsync(PathOf(submitted), (string)submitted["memberIds"][0]!);
            await AlreadyOnFileAsync();
        }
        finally
        {
            foreach (var source in LookupSources.All)
            {
                World.Departments.Behave(source, DepartmentBehaviour.Answers);
            }

            // So that nobody played afterwards finds the service still sparing a department.
            World.Clock.Forward(TimeSpan.FromHours(2));
        }
    }

    private async Task WhatDepartmentsSayAsync(string path)
    {
        var lookups = await LookupsAsync(path, all => all.All(lookup => (string)lookup!["state"]! != "Pending" && (StateOf(lookup) != "Submitted" || SourceOf(lookup) == "Banks")));
        foreach (var lookup in lookups)
        {
            Say($"{StateOf(lookup!),-11} {SourceOf(lookup!),-22} {lookup!["cause"]} {string.Join(", ", lookup["facts"]!.AsArray().Select(fact => fact!["kind"]))}");
        }

        string[] states = ["Answered", "NotFound", "Unavailable", "SetAside", "Submitted"];
        Check(states.All(state => lookups.Any(lookup => StateOf(lookup!) == state)), "answered, no record, out of service, not to be believed, answers later: each is told apart");
        var banks = lookups.First(lookup => SourceOf(lookup!) == "Banks")!;
        Check((string)banks["sharingClock"]! == "Delivery", $"the banks took the query and have until {banks["sharingDueOn"]} (政务数据共享条例 art. 22)");
        var disclosure = Expect(201, await ActAsync(Clerk(Zhenhua), path, "disclosure"));
        Check(
            Asked(disclosure).Distinct().Order().SequenceEqual(["tax-record", "vehicles"]),
            "only what no department can say is asked for; nothing waits for the banks");
        Check((string)Item(disclosure, "tax-record")["cause"]! == "DepartmentUnavailable" && (string)Item(disclosure, "vehicles")["cause"]! == "AnswerSetAside", "each with its cause");
        await PrintDisclosureAsync(path);
    }

    private async Task TheWifeSaysNoAndYesAsync(string path, string wife)
    {
        var asked = World.Departments.Queries.Count;
        Expect(201, await ActAsync(Clerk(Zhenhua), path, "consent-revocations", new JsonObject { ["personId"] = wife }));
        var lookups = Items(Expect(200, await Supervisor.GetAsync($"{path}/lookups")));
        Check(lookups.Any(lookup => StateOf(lookup!) == "Cancelled" && SourceOf(lookup!) == "Banks"), "she revokes her consent: what is on its way is stopped, and dropped should it arrive");
        var disclosure = Expect(200, await Clerk(Zhenhua).GetAsync($"{path}/disclosure"));
        Check(
            Items(disclosure).Where(item => (string?)item!["personId"] == wife && (string?)item["cause"] == "ConsentRevoked").All(item => (string)item!["status"]! == "Required"),
            "what departments would say of her is hers to show, and says why");
        var refused = await ActAsync(Reviewer(Zhenhua), path, "lookups", new JsonObject { ["personId"] = wife, ["source"] = "Tax", ["purpose"] = "MeansVerification" });
        Refused(refused, 403, "lookup-not-permitted", "asking about her all the same");
        var events = Items(Expect(200, await Supervisor.GetAsync("/v1/security-events?kind=LookupNotPermitted")));
        Check(events.Any(entry => (string)entry!["cause"]! == "ConsentRevoked"), "the attempt is on record, without whom it was about");
        Check(World.Departments.Queries.Count == asked, "no department was asked meanwhile");
        Expect(201, await ActAsync(Clerk(Zhenhua), path, "consents", new JsonObject { ["personId"] = wife, ["signedOn"] = Text(Today) }));
        await LookupsAsync(path, all => all.Any(lookup => (string)lookup!["personId"]! == wife && (int)lookup["round"]! > 1 && StateOf(lookup) is "Answered" or "NotFound"));
        Check(true, "she consents again, and the departments are asked again");
    }

    private async Task WhatComesLaterAsync(string path)
    {
        World.Departments.Behave(LookupSource.Tax, DepartmentBehaviour.Answers);
        World.Departments.Behave(LookupSource.Vehicles, DepartmentBehaviour.Answers);
        World.Clock.Forward(TimeSpan.FromDays(9) + TimeSpan.FromHours(1));
        var waiting = Items(Expect(200, await Supervisor.GetAsync("/v1/dead-letters?source=Vehicles&take=100"))).Count;
        var retried = Expect(201, await Supervisor.PostAsync("/v1/dead-letter-retries", new JsonObject { ["source"] = "Vehicles", ["reason"] = "DepartmentRepaired" }.ToJsonString()));
        Check(waiting > 0 && (int)retried["retried"]! > 0, $"{waiting} answers set aside wait as dead letters, and a supervisor has them asked once more");
        await SettledAsync(path);
        var disclosure = await AnsweredAsync(path, "tax-record");
        Check(Asked(await AnsweredAsync(path, "vehicles")).Count > 0, "what was asked stays on the sealed list");
        Check(
            Items(disclosure, "differences").Any(difference => (string)difference!["change"]! == "NoLongerNeeded"),
            "the departments are well again: what was asked for is withdrawn, and nobody has to come");
        await AcceptedAsync(path, disclosure);
        World.Departments.Behave(LookupSource.Banks, DepartmentBehaviour.Answers);
    }

    private async Task TheWageWasWrongAsync(string path, string husband)
    {
        var board = Items(Expect(200, await Reviewer(Zhenhua).GetAsync($"{path}/disagreements"))).Single(row => (string)row!["field"]! == "Wages")!;
        foreach (var statement in (JsonArray)board["statements"]!)
        {
            Say($"{statement!["source"] ?? "declared",-22} {statement["amountFen"]} fen");
        }

        Expect(201, await ActAsync(Reviewer(Zhenhua), path, "disagreement-resolutions", new JsonObject
        {
            ["personId"] = husband,
            ["field"] = "Wages",
            ["statementsHash"] = (string)board["statementsHash"]!,
            ["kind"] = "DeclaredHolds",
            ["reasons"] = "单位工资表和银行流水一致，社保缴费基数有误。",
        }));
        var ticket = await TicketAsync(path, "Sent");
        Check(ticket["dueOn"] is not null, $"the office finds that what was declared holds; the department is asked to correct it until {ticket["dueOn"]} (政务数据共享条例 art. 26)");
        var number = (string)JsonNode.Parse(form)!["members"]![0]!["identityNumber"]!;
        World.Departments.Correct(number, LookupSource.SocialInsurance, new DepartmentFact { Kind = FactKind.MonthlyWage, AmountFen = 80_000, FromOn = new DateOnly(2025, 1, 1) });
        await World.Departments.AnswerCorrectionAsync(Guid.Parse((string)ticket["ticketId"]!), DepartmentCorrectionOutcome.Corrected);
        await TicketAsync(path, "Corrected");
        await SettledAsync(path);
        for (var attempt = 0; Items(Expect(200, await Reviewer(Zhenhua).GetAsync($"{path}/disagreements"))).Any(row => (string)row!["field"]! == "Wages") && attempt < 300; attempt++)
        {
            await Task.Delay(50);
        }

        await SettledAsync(path);
        Check(
            Items(Expect(200, await Reviewer(Zhenhua).GetAsync($"{path}/disagreements"))).All(row => (string)row!["field"]! != "Wages"),
            "it was wrong and is corrected; the re-check finds no difference any more (57 art. 18)");
        await AssessedAsync(path, "Eligible");
    }

    private async Task AlreadyOnFileAsync()
    {
        var asked = World.Departments.Queries.Count;
        var next = (JsonObject)JsonNode.Parse(form)!;
        next["programmes"] = new JsonArray("MarginalLowIncome");
        form = next.ToJsonString();
        var path = PathOf(await SubmittedAsync());
        var lookups = await SettledAsync(path);
        Check(lookups.All(lookup => lookup!["reusedLookupId"] is not null) && World.Departments.Queries.Count == asked, "they apply for something else: every answer is on file, and no department is asked");
        Check(Asked(await SealedAsync(path)).Count == 0, "and nothing is asked of them");
    }

    private async Task<JsonNode> TicketAsync(string path, string state)
    {
        for (var attempt = 0; attempt < 300; attempt++)
        {
            if (Items(Expect(200, await Reviewer(Zhenhua).GetAsync($"{path}/correction-tickets"))).SingleOrDefault(ticket => (string)ticket!["state"]! == state) is { } ticket)
            {
                return ticket;
            }

            await Task.Delay(50);
        }

        throw new WrongAnswerException($"no ticket was {state} within fifteen seconds");
    }

    private async Task<JsonArray> LookupsAsync(string path, Func<JsonArray, bool> holds)
    {
        for (var attempt = 0; attempt < 300; attempt++)
        {
            var lookups = Items(Expect(200, await Supervisor.GetAsync($"{path}/lookups")));
            if (lookups.Count > 0 && holds(lookups))
            {
                return lookups;
            }

            await Task.Delay(50);
        }

        throw new WrongAnswerException("the departments did not come so far within fifteen seconds");
    }

    private static string StateOf(JsonNode lookup) => (string)lookup["state"]!;

    private static string SourceOf(JsonNode lookup) => (string)lookup["source"]!;
}
