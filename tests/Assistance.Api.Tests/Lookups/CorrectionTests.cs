using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Assistance.Api.Features.Lookups;
using Assistance.Api.Features.Reference;
using Assistance.Domain.Lookups;
using Assistance.Sandbox;
using Microsoft.Extensions.DependencyInjection;

namespace Assistance.Api.Tests.Lookups;

/// <summary>校核: departments are asked to look at what they stated (政务数据共享条例 art. 26), and answer in their own time.</summary>
public sealed class CorrectionTests(Engine engine) : ApiTests(engine)
{
    [TearDown]
    public void LetEveryDepartmentAnswer()
    {
        foreach (var source in LookupSources.All)
        {
            World?.Departments.Behave(source, DepartmentBehaviour.Answers);
        }

        // So that a breaker that a test opened is closed for the next.
        World?.Clock.Forward(TimeSpan.FromHours(2));
    }

    [Test]
    public async Task A_contested_answer_is_sent_to_its_department_with_a_clock_of_10_working_days()
    {
        var (path, _) = await ContestedAsync();

        var ticket = await TicketAsync(path, "Sent");

        var received = World.Departments.Corrections.Single(correction => correction.Request.TicketId == Id(ticket));
        var due = Service.Services.GetRequiredService<ReferenceStore>().Current.Calendar.AddWorkingDays(DateOnly.ParseExact(Today, "yyyy-MM-dd"), 10);
        Assert.Multiple(() =>
        {
            Assert.That((string)ticket["source"]!, Is.EqualTo("Vehicles"));
            Assert.That(received.Source, Is.EqualTo(LookupSource.Vehicles));
            Assert.That(received.Request.QueryId, Is.EqualTo(Guid.Parse((string)ticket["lookupId"]!)));
            Assert.That(received.Request.Statement, Is.EqualTo("该车已于去年报废。"));
            Assert.That((string)ticket["dueOn"]!, Is.EqualTo(due.On.ToString("yyyy-MM-dd", null)));
            Assert.That(((bool)ticket["isDueProvisional"]!, (bool)ticket["isOverdue"]!), Is.EqualTo((false, false)));
            Assert.That((string)ticket["legalBasis"]!["code"]!, Is.EqualTo("ZS-26"));
            Assert.That((string)ticket["requestedBy"]!, Is.EqualTo("clerk-140213054"));
        });
        Assert.That(await SentencesAsync(path), Has.Some.StartsWith("向公安交管部门提出校核申请，应于"));
    }

    [Test]
    public async Task Once_corrected_the_departments_are_asked_again_at_once_and_twice_is_once()
    {
        var (path, household) = await ContestedAsync();
        var ticket = await TicketAsync(path, "Sent");
        World.Departments.Correct(household.IdentityNumber(0), LookupSource.Vehicles, new DepartmentFact { Kind = FactKind.VehiclesOwned, Count = 0 });

        var first = await World.Departments.AnswerCorrectionAsync(Id(ticket), DepartmentCorrectionOutcome.Corrected, "登记已注销。");
        var second = await World.Departments.AnswerCorrectionAsync(Id(ticket), DepartmentCorrectionOutcome.Upheld);

        var lookups = await SettledAsync(path, round: 3);
        var asked = lookups.Single(lookup => (int)lookup!["round"]! == 3 && (string)lookup["source"]! == "Vehicles")!;
        ticket = await TicketAsync(path, "Corrected");
        var board = Expect(200, await Clerk.GetAsync($"{path}/disagreements"));
        Assert.Multiple(() =>
        {
            Assert.That((first, second), Is.EqualTo((HttpStatusCode.NoContent, HttpStatusCode.NoContent)));
            Assert.That((string)ticket["remark"]!, Is.EqualTo("登记已注销。"));
            Assert.That(((string)asked["purpose"]!, (string)asked["legalBasisCode"]!, (string)asked["causedBy"]!), Is.EqualTo(("Recheck", "57-18", "clerk-140213054")));
            Assert.That((string?)asked["reusedLookupId"], Is.Null);
            Assert.That((int)asked["facts"]![0]!["count"]!, Is.Zero);
            Assert.That(Items(board), Is.Empty, "Nothing differs any more.");
            Assert.That(lookups.Max(lookup => (int)lookup!["round"]!), Is.EqualTo(3));
        });
        Assert.That((await SentencesAsync(path)).Count(sentence => sentence.StartsWith("公安交管部门反馈校核结果", StringComparison.Ordinal)), Is.EqualTo(1));
    }

    [Test]
    public async Task An_answer_that_is_upheld_stays_and_nobody_is_asked_again()
    {
        var (path, _) = await ContestedAsync();
        var ticket = await TicketAsync(path, "Sent");

        await World.Departments.AnswerCorrectionAsync(Id(ticket), DepartmentCorrectionOutcome.Upheld);

        await TicketAsync(path, "Upheld");
        Assert.That((await SettledAsync(path)).Max(lookup => (int)lookup!["round"]!), Is.EqualTo(2), "The round that the objection called for.");
    }

    [Test]
    public async Task Where_the_household_is_right_every_department_that_says_otherwise_is_asked_once()
    {
        var household = AHousehold.OfOne().Declaring(0, "Wages", 40_000);
        World.Departments.Record(household.IdentityNumber(0), LookupSource.SocialInsurance, new DepartmentFact { Kind = FactKind.MonthlyWage, AmountFen = 50_000 });
        World.Departments.Record(household.IdentityNumber(0), LookupSource.Tax, new DepartmentFact { Kind = FactKind.MonthlyTaxedWage, AmountFen = 40_000 });
        var path = await SubmittedAsync(household);
        await SettledAsync(path);
        var body = await DeclaredHoldsAsync(path);

        Expect(201, await ActAsync(Clerk, path, "disagreement-resolutions", (JsonObject)body.DeepClone()));
        Expect(201, await ActAsync(Reviewer, path, "disagreement-resolutions", body));

        var tickets = Items(Expect(200, await Clerk.GetAsync($"{path}/correction-tickets")));
        Assert.That(tickets.Select(ticket => ((string)ticket!["source"]!, (string)ticket["statement"]!)), Is.EqualTo(new[]
        {
            ("SocialInsurance", "经办机关核实，“工资性收入”与事实不符，请予校核。"),
        }));
    }

    [Test]
    public async Task A_department_out_of_service_gets_it_later_under_the_same_id()
    {
        var household = AHousehold.OfOne();
        World.Departments.Record(household.IdentityNumber(0), LookupSource.Vehicles, new DepartmentFact { Kind = FactKind.VehiclesOwned, Count = 1 });
        var path = await SubmittedAsync(household);
        await SealedAsync(path);
        World.Departments.Behave(LookupSource.Vehicles, DepartmentBehaviour.Down);
        await ContestAsync(path);
        await EventuallyAsync(async () => (int)(await TicketsAsync(path))[0]!["attempts"]! >= 2);
        Assert.That((string)(await TicketsAsync(path))[0]!["state"]!, Is.EqualTo("ToSend"));

        World.Departments.Behave(LookupSource.Vehicles, DepartmentBehaviour.Answers);
        World.Clock.Forward(TimeSpan.FromHours(2));

        var ticket = await TicketAsync(path, "Sent");
        Assert.That(World.Departments.Corrections.Count(correction => correction.Request.TicketId == Id(ticket)), Is.EqualTo(1));
    }

    [Test]
    public async Task A_department_that_will_not_take_it_is_not_sent_it_again_and_the_case_says_so()
    {
        World.Departments.Behave(LookupSource.Vehicles, usual => usual with { RefusesCorrections = true });
        var (path, _) = await ContestedAsync();

        var ticket = await TicketAsync(path, "Refused");
        World.Clock.Forward(TimeSpan.FromHours(2));
        await Task.Delay(1_200);

        var now = await TicketAsync(path, "Refused");
        Assert.Multiple(() =>
        {
            Assert.That((string)ticket["remark"]!, Is.EqualTo("refused-404"));
            Assert.That((string?)ticket["dueOn"], Is.Null, "its clock never ran");
            Assert.That((int)now["attempts"]!, Is.EqualTo((int)ticket["attempts"]!));
        });
        Assert.That(await SentencesAsync(path), Has.Some.StartsWith("公安交管部门未受理校核申请"));
    }

    [Test]
    public async Task A_department_that_lets_its_days_pass_is_shown_as_overdue()
    {
        var (path, _) = await ContestedAsync();
        var ticket = await TicketAsync(path, "Sent");
        Assert.That((bool)ticket["isOverdue"]!, Is.False);

        World.Clock.Forward(TimeSpan.FromDays(30));

        Assert.That((bool)(await TicketAsync(path, "Sent"))["isOverdue"]!, Is.True);
    }

    [Test]
    public async Task A_ticket_on_an_answer_on_file_names_the_query_that_brought_it_and_a_correction_is_asked_for_in_both_cases()
    {
        var household = AHousehold.OfOne();
        World.Departments.Record(household.IdentityNumber(0), LookupSource.Vehicles, new DepartmentFact { Kind = FactKind.VehiclesOwned, Count = 1 });
        var first = await SubmittedAsync(household);
        await SettledAsync(first);
        household.Form["programmes"] = new JsonArray("TemporaryAssistance");
        household.Form["emergencyPlace"] = AHousehold.Residence;
        var answer = Expect(201, await AnyWindow.PostAsync("/v1/applications", household.ToString()));
        var second = $"/v1/applications/{answer["applications"][0]!["applicationId"]}";
        var reused = (await SettledAsync(second)).Single(lookup => (string)lookup!["source"]! == "Vehicles")!;
        Assert.That((string?)reused["reusedLookupId"], Is.Not.Null);
        Expect(201, await ActAsync(Clerk, second, "disclosure"));
        await ContestAsync(second);

        var ticket = await TicketAsync(second, "Sent");
        var received = World.Departments.Corrections.Single(correction => correction.Request.TicketId == Id(ticket));
        Assert.That(received.Request.QueryId, Is.EqualTo(Guid.Parse((string)reused["reusedLookupId"]!)));

        await World.Departments.AnswerCorrectionAsync(Id(ticket), DepartmentCorrectionOutcome.Corrected);
        Assert.That((await SettledAsync(first, round: 2)).Where(lookup => (int)lookup!["round"]! == 2).Select(lookup => (string)lookup!["causedBy"]!),
            Is.All.EqualTo("ReceiveCorrectionAnswer").And.Not.Empty);
        await SettledAsync(second, round: 3);
    }

    [Test]
    public async Task An_answer_that_is_being_checked_serves_no_other_case()
    {
        var household = AHousehold.OfOne().Declaring(0, "Wages", 40_000);
        World.Departments.Record(household.IdentityNumber(0), LookupSource.SocialInsurance, new DepartmentFact { Kind = FactKind.MonthlyWage, AmountFen = 50_000 });
        var first = await SubmittedAsync(household);
        await SettledAsync(first);
        Expect(201, await ActAsync(Clerk, first, "disagreement-resolutions", await DeclaredHoldsAsync(first)));

        household.Form["programmes"] = new JsonArray("TemporaryAssistance");
        household.Form["emergencyPlace"] = AHousehold.Residence;
        var answer = Expect(201, await AnyWindow.PostAsync("/v1/applications", household.ToString()));

        var lookups = await SettledAsync($"/v1/applications/{answer["applications"][0]!["applicationId"]}");
        Assert.That(lookups.Where(lookup => (string?)lookup!["reusedLookupId"] is null).Select(lookup => (string)lookup!["source"]!), Is.EqualTo(new[] { "SocialInsurance" }));
    }

    [Test]
    public async Task An_answer_that_the_department_did_not_sign_is_refused()
    {
        var (path, _) = await ContestedAsync();
        var ticket = await TicketAsync(path, "Sent");
        var body = $$"""{"ticketId":"{{Id(ticket)}}","outcome":"Corrected"}""";
        var secret = SimulatedDepartments.CallbackSecretOf(LookupSource.Vehicles);

        Assert.Multiple(async () =>
        {
            Assert.That(await PostAsync("Vehicles", body, secret + "x"), Is.EqualTo(HttpStatusCode.Unauthorized), "another secret");
            Assert.That(await PostAsync("Vehicles", body, secret, signed: body.Replace("Corrected", "Upheld", StringComparison.Ordinal)), Is.EqualTo(HttpStatusCode.Unauthorized), "another body");
            Assert.That(await PostAsync("Vehicles", body, secret, late: 3_600), Is.EqualTo(HttpStatusCode.Unauthorized), "an hour old");
            Assert.That(await PostAsync("Tax", body, secret), Is.EqualTo(HttpStatusCode.Unauthorized), "another department");
            Assert.That(await PostAsync("Tax", body, SimulatedDepartments.CallbackSecretOf(LookupSource.Tax)), Is.EqualTo(HttpStatusCode.NotFound), "not asked of it");
            Assert.That(await PostAsync("Nobody", body, secret), Is.EqualTo(HttpStatusCode.NotFound), "no department");
            Assert.That(await PostAsync("Vehicles", "{}", secret), Is.EqualTo(HttpStatusCode.BadRequest), "no answer");
        });
        Assert.That((string)(await TicketsAsync(path))[0]!["state"]!, Is.EqualTo("Sent"));
        Assert.That(await PostAsync("Vehicles", body, secret), Is.EqualTo(HttpStatusCode.NoContent));
    }

    [Test]
    public async Task A_list_of_tickets_pages_and_stays_in_its_division()
    {
        var (path, _) = await ContestedAsync();

        Refused(await Clerk.GetAsync($"{path}/correction-tickets?after=x"), 400, "invalid-request");
        Assert.That((await As("clerk", "140213055").GetAsync($"{path}/correction-tickets")).Status, Is.EqualTo(404));
        Assert.That((string?)Expect(200, await As("auditor", District, "auditor-of-tickets").GetAsync($"{path}/correction-tickets?take=1")).Json!["next"], Is.Null);
        var shown = await Service.Database.ReadAsync(session => session.ListAsync<string>(
            "SELECT AccessPurpose FROM AccessRecord WHERE ActorId = @ActorId", new { ActorId = "auditor-of-tickets" }), CancellationToken.None);
        Assert.That(shown, Is.EqualTo(new[] { "ListCorrectionTickets" }));
    }

    private async Task<(string Path, AHousehold Household)> ContestedAsync()
    {
        var household = AHousehold.OfOne();
        World.Departments.Record(household.IdentityNumber(0), LookupSource.Vehicles, new DepartmentFact { Kind = FactKind.VehiclesOwned, Count = 1 });
        var path = await SubmittedAsync(household);
        await SealedAsync(path);
        await ContestAsync(path);
        await SettledAsync(path, round: 2);
        return (path, household);
    }

    private async Task ContestAsync(string path)
    {
        var item = Items(Expect(200, await Clerk.GetAsync($"{path}/disclosure"))).Single(item => (string)item!["itemCode"]! == "vehicles")!;
        Expect(201, await ActAsync(Clerk, path, "disclosure-contestations", new JsonObject
        {
            ["itemKey"] = (string)item["itemKey"]!,
            ["statement"] = "该车已于去年报废。",
        }));
    }

    private async Task<JsonObject> DeclaredHoldsAsync(string path)
    {
        var differing = Items(Expect(200, await Clerk.GetAsync($"{path}/disagreements"))).Single()!;
        return new JsonObject
        {
            ["personId"] = (string)differing["personId"]!,
            ["field"] = (string)differing["field"]!,
            ["statementsHash"] = (string)differing["statementsHash"]!,
            ["kind"] = "DeclaredHolds",
            ["reasons"] = "工资条与个税记录一致，缴费基数有误。",
        };
    }

    private async Task<JsonArray> TicketsAsync(string path) => Items(Expect(200, await Clerk.GetAsync($"{path}/correction-tickets")));

    private async Task<JsonNode> TicketAsync(string path, string state)
    {
        await EventuallyAsync(async () => (string)(await TicketsAsync(path)).Single()!["state"]! == state);
        return (await TicketsAsync(path)).Single()!;
    }

    private async Task<HttpStatusCode> PostAsync(string source, string body, string secret, string? signed = null, long late = 0)
    {
        var timestamp = World.Clock.GetUtcNow().ToUnixTimeSeconds() - late;
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/v1/department-correction-answers/{source}")
        {
            Content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue("application/json")),
        };
        request.Headers.Add(CallbackSignature.IdHeader, "message-1");
        request.Headers.Add(CallbackSignature.TimestampHeader, timestamp.ToString(System.Globalization.CultureInfo.InvariantCulture));
        request.Headers.Add(CallbackSignature.SignatureHeader, CallbackSignature.Sign(secret, "message-1", timestamp, Encoding.UTF8.GetBytes(signed ?? body)));
        using var response = await Http.SendAsync(request);
        return response.StatusCode;
    }

    private static Guid Id(JsonNode ticket) => Guid.Parse((string)ticket["ticketId"]!);

    private static async Task EventuallyAsync(Func<Task<bool>> holds)
    {
        for (var attempt = 0; attempt < 200; attempt++)
        {
            if (await holds())
            {
                return;
            }

            await Task.Delay(50);
        }

        Assert.Fail("It did not come about.");
    }
}
