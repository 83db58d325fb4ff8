using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Assistance.Api.Features.Lookups;
using Assistance.Domain.Lookups;
using Assistance.Sandbox;

namespace Assistance.Api.Tests.Lookups;

/// <summary>
/// Departments that take a query and answer later (政务数据共享条例 arts 21 and 22): by a signed message of their own, or when
/// they are asked whether they have.
/// </summary>
public sealed class AsynchronousDepartmentTests(Engine engine) : ApiTests(engine)
{
    private static readonly DepartmentFact Balance = new() { Kind = FactKind.DepositBalance, AmountFen = 1_234_500 };

    [TearDown]
    public void LetTheBanksDoAsUsual() => World?.Departments.Behave(LookupSource.Banks, usual => usual);

    [Test]
    public async Task What_a_department_has_taken_is_submitted_and_the_answer_it_sends_is_taken_when_it_comes()
    {
        World.Departments.Behave(LookupSource.Banks, usual => usual with { AnswersAfter = TimeSpan.FromHours(3) });
        var (path, _) = await SubmittedWithABalanceAsync();

        var submitted = await BanksAsync(path, lookup => (string)lookup["state"]! == "Submitted");
        Assert.Multiple(() =>
        {
            Assert.That((string?)submitted["submittedAt"], Is.Not.Null);
            Assert.That((string?)submitted["sharingClock"], Is.EqualTo("Delivery"));
            Assert.That(submitted["facts"]!.AsArray(), Is.Empty);
        });
        World.Clock.Forward(TimeSpan.FromHours(4));

        var answered = await BanksAsync(path, lookup => (string)lookup["state"]! == "Answered");
        Assert.Multiple(() =>
        {
            Assert.That((long)answered["facts"]![0]!["amountFen"]!, Is.EqualTo(1_234_500));
            Assert.That((int)answered["revision"]!, Is.EqualTo(1));
            Assert.That((string)answered["responseHash"]!, Does.Match("^[0-9a-f]{64}$"));
        });
    }

    [Test]
    public async Task One_that_sends_nothing_is_asked_whether_it_has_an_answer()
    {
        World.Departments.Behave(LookupSource.Banks, usual => usual with { AnswersAfter = TimeSpan.FromHours(3), Callbacks = CallbackPattern.Never });
        var (path, household) = await SubmittedWithABalanceAsync();
        await BanksAsync(path, lookup => (string)lookup["state"]! == "Submitted");
        World.Clock.Forward(TimeSpan.FromHours(4));

        await BanksAsync(path, lookup => (string)lookup["state"]! == "Answered");

        Assert.That(
            World.Departments.Queries.Count(query => query.IdentityNumber == household.IdentityNumber(0) && query.Source == LookupSource.Banks),
            Is.EqualTo(1), "asked once; what follows only collects");
    }

    [Test]
    public async Task An_answer_sent_twice_is_one()
    {
        World.Departments.Behave(LookupSource.Banks, usual => usual with { Callbacks = CallbackPattern.Twice });
        var (path, household) = await SubmittedWithABalanceAsync();
        var answered = await BanksAsync(path, lookup => (string)lookup["state"]! == "Answered");

        var again = await World.Departments.SendAnswerAsync(LookupSource.Banks, Answer(answered, household, revision: 1, new DepartmentFact { Kind = FactKind.DepositBalance, AmountFen = 1 }));

        var after = await BanksAsync(path, _ => true);
        Assert.Multiple(() =>
        {
            Assert.That(again, Is.EqualTo(HttpStatusCode.NoContent));
            Assert.That(after.ToJsonString(), Is.EqualTo(answered.ToJsonString()), "what is not newer changes nothing");
        });
        Assert.That(await EventsAsync(path, "LookupAnswered", "银行"), Is.EqualTo(1));
    }

    [Test]
    public async Task Of_answers_out_of_order_the_newer_stands()
    {
        World.Departments.Behave(LookupSource.Banks, usual => usual with { Callbacks = CallbackPattern.OutOfOrder });
        var (path, household) = await SubmittedWithABalanceAsync();
        var answered = await BanksAsync(path, lookup => (string)lookup["state"]! == "Answered");

        var older = await World.Departments.SendAnswerAsync(LookupSource.Banks, Answer(answered, household, revision: 1) with { Status = DepartmentAnswerStatus.NotFound });

        Assert.That(older, Is.EqualTo(HttpStatusCode.NoContent));
        Assert.That((await BanksAsync(path, _ => true)).ToJsonString(), Is.EqualTo(answered.ToJsonString()));
    }

    [Test]
    public async Task A_department_that_corrects_itself_takes_the_place_of_its_earlier_answer()
    {
        var (path, household) = await SubmittedWithABalanceAsync();
        var answered = await BanksAsync(path, lookup => (string)lookup["state"]! == "Answered");

        await World.Departments.SendAnswerAsync(LookupSource.Banks, Answer(answered, household, revision: 2, Balance with { AmountFen = 50_000 }));

        var corrected = await BanksAsync(path, lookup => (int)lookup["revision"]! == 2);
        Assert.Multiple(() =>
        {
            Assert.That(corrected["facts"]!.AsArray().Select(fact => (long)fact!["amountFen"]!), Is.EqualTo(new[] { 50_000L }));
            Assert.That((string)corrected["responseHash"]!, Is.Not.EqualTo((string)answered["responseHash"]!));
        });
    }

    [Test]
    public async Task What_cannot_be_believed_does_not_take_the_place_of_what_stands()
    {
        var (path, household) = await SubmittedWithABalanceAsync();
        var answered = await BanksAsync(path, lookup => (string)lookup["state"]! == "Answered");

        await World.Departments.SendAnswerAsync(LookupSource.Banks, Answer(answered, household, revision: 2, Balance with { AmountFen = null }));
        await World.Departments.SendAnswerAsync(LookupSource.Banks, Answer(answered, AHousehold.OfOne(), revision: 3, Balance));

        Assert.That((await BanksAsync(path, _ => true)).ToJsonString(), Is.EqualTo(answered.ToJsonString()));
    }

    [Test]
    public async Task A_correction_makes_an_assessment_made_before_it_outdated()
    {
        var household = AHousehold.OfOne();
        World.Departments.Record(household.IdentityNumber(0), LookupSource.Banks, Balance);
        var path = await AssessedAsync(household);
        var answered = await BanksAsync(path, lookup => (string)lookup["state"]! == "Answered");

        await World.Departments.SendAnswerAsync(LookupSource.Banks, Answer(answered, household, revision: 2, Balance with { AmountFen = 50_000 }));

        Refused(await ActAsync(Reviewer, path, "preliminary-review", Opinion("ProposeGrant")), 409, "assessment-outdated", "57-19");
    }

    [Test]
    public async Task Past_its_day_it_counts_as_unavailable_and_what_comes_late_is_taken_all_the_same()
    {
        World.Departments.Behave(LookupSource.Banks, usual => usual with { AnswersAfter = TimeSpan.FromDays(60) });
        var (path, _) = await SubmittedWithABalanceAsync();
        var submitted = await BanksAsync(path, lookup => (string)lookup["state"]! == "Submitted");
        var disclosure = Expect(201, await ActAsync(Clerk, path, "disclosure"));
        Assert.That(Deposit(disclosure), Is.EqualTo("LookupPending"), "nothing is asked of the household while the department has its time");
        Assert.That(DateOnly.Parse((string)submitted["sharingDueOn"]!, null), Is.GreaterThan(DateOnly.Parse(Today, null).AddDays(27)));

        World.Clock.Forward(TimeSpan.FromDays(45));
        var overdue = await BanksAsync(path, lookup => (string)lookup["state"]! == "Unavailable");
        Assert.That((string)overdue["cause"]!, Is.EqualTo("overdue"));
        Assert.That(Deposit(Expect(200, await Clerk.GetAsync($"{path}/disclosure"))), Is.EqualTo("Required"), "silence is no no: the household may show it instead");

        World.Clock.Forward(TimeSpan.FromDays(20));
        await BanksAsync(path, lookup => (string)lookup["state"]! == "Answered");
        Assert.That(Deposit(Expect(200, await Clerk.GetAsync($"{path}/disclosure"))), Is.EqualTo("AnsweredByDepartment"));
    }

    [Test]
    public async Task The_clock_runs_by_what_the_department_said()
    {
        World.Departments.Behave(LookupSource.Banks, usual => usual with { AgreesAfter = TimeSpan.FromDays(90), AnswersAfter = TimeSpan.FromDays(90) });
        var (plain, _) = await SubmittedWithABalanceAsync();
        var reply = await BanksAsync(plain, lookup => (string)lookup["state"]! == "Submitted");
        World.Departments.Behave(LookupSource.Banks, usual => usual with { AgreesAfter = TimeSpan.FromDays(90), AnswersAfter = TimeSpan.FromDays(90), IsExtended = true });
        var (extended, _) = await SubmittedWithABalanceAsync();
        var longer = await BanksAsync(extended, lookup => (string)lookup["state"]! == "Submitted");

        Assert.Multiple(() =>
        {
            Assert.That((string?)reply["sharingClock"], Is.EqualTo("Reply"));
            Assert.That((string?)longer["sharingClock"], Is.EqualTo("ExtendedReply"));
            Assert.That(DateOnly.Parse((string)longer["sharingDueOn"]!, null), Is.GreaterThan(DateOnly.Parse((string)reply["sharingDueOn"]!, null)));
        });
    }

    [Test]
    public async Task An_answer_about_somebody_else_is_set_aside_however_well_it_is_signed()
    {
        World.Departments.Behave(LookupSource.Banks, usual => usual with { AnswersAfter = TimeSpan.FromDays(1) });
        var (path, household) = await SubmittedWithABalanceAsync();
        var submitted = await BanksAsync(path, lookup => (string)lookup["state"]! == "Submitted");

        await World.Departments.SendAnswerAsync(LookupSource.Banks, Answer(submitted, AHousehold.OfOne(), revision: 1, Balance));

        var aside = await BanksAsync(path, lookup => (string)lookup["state"]! == "SetAside");
        Assert.Multiple(() =>
        {
            Assert.That((string)aside["cause"]!, Is.EqualTo("other-person"));
            Assert.That(aside["facts"]!.AsArray(), Is.Empty);
        });
        await World.Departments.SendAnswerAsync(LookupSource.Banks, Answer(submitted, household, revision: 1, Balance));
        await BanksAsync(path, lookup => (string)lookup["state"]! == "Answered");
    }

    [Test]
    public async Task Nothing_is_taken_that_was_not_asked_of_that_department()
    {
        var (path, household) = await SubmittedWithABalanceAsync();
        var answered = await BanksAsync(path, lookup => (string)lookup["state"]! == "Answered");

        Assert.That(
            await World.Departments.SendAnswerAsync(LookupSource.Securities, Answer(answered, household, revision: 2)), Is.EqualTo(HttpStatusCode.NotFound), "another department's query");
        Assert.That(
            await World.Departments.SendAnswerAsync(LookupSource.Banks, Answer(answered, household, revision: 2) with { QueryId = Guid.NewGuid() }), Is.EqualTo(HttpStatusCode.NotFound), "no query at all");
    }

    [TestCase("another secret")]
    [TestCase("another body")]
    [TestCase("another id")]
    [TestCase("too old")]
    [TestCase("from the future")]
    [TestCase("no signature")]
    [TestCase("no base64")]
    public async Task What_is_not_signed_by_the_department_is_401_and_changes_nothing(string fault)
    {
        var (path, household) = await SubmittedWithABalanceAsync();
        var answered = await BanksAsync(path, lookup => (string)lookup["state"]! == "Answered");
        var body = Encoding.UTF8.GetBytes(System.Text.Json.JsonSerializer.Serialize(Answer(answered, household, revision: 2), Api.Http.ApiJson.Options));
        var at = World.Clock.GetUtcNow().ToUnixTimeSeconds() + (fault == "too old" ? -301 : fault == "from the future" ? 301 : 0);
        var secret = fault == "another secret" ? "guess" : SimulatedDepartments.CallbackSecretOf(LookupSource.Banks);
        var signature = fault switch
        {
            "no signature" => "",
            "no base64" => "v1,!",
            _ => CallbackSignature.Sign(secret, fault == "another id" ? "other" : "message", at, fault == "another body" ? [.. body, 32] : body),
        };

        Assert.That(await SendAsync("Banks", body, at, signature), Is.EqualTo(HttpStatusCode.Unauthorized));

        var events = Items(Expect(200, await Supervisor.GetAsync("/v1/security-events?kind=CallbackNotGenuine")));
        Assert.That(events.Select(entry => (string)entry!["source"]!), Does.Contain("Banks"));
        Assert.That((await BanksAsync(path, _ => true)).ToJsonString(), Is.EqualTo(answered.ToJsonString()));
    }

    [Test]
    public async Task Signed_but_no_answer_by_the_contract_is_told_what_is_wrong()
    {
        var body = """{ "queryId": "x", "extra": 1 }"""u8.ToArray();
        var at = World.Clock.GetUtcNow().ToUnixTimeSeconds();
        var signature = CallbackSignature.Sign(SimulatedDepartments.CallbackSecretOf(LookupSource.Banks), "message", at, body);

        Assert.That(await SendAsync("Banks", body, at, $"v1,AAAA {signature}"), Is.EqualTo(HttpStatusCode.BadRequest), "one of several signatures is enough");
        Assert.That(await SendAsync("Nobody", body, at, signature), Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That(await SendAsync("Tax", body, at, signature), Is.EqualTo(HttpStatusCode.Unauthorized), "each signs with its own secret");
    }

    private async Task<HttpStatusCode> SendAsync(string source, byte[] body, long at, string signature)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/v1/department-answers/{source}") { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Add(CallbackSignature.IdHeader, "message");
        request.Headers.Add(CallbackSignature.TimestampHeader, $"{at}");
        request.Headers.TryAddWithoutValidation(CallbackSignature.SignatureHeader, signature);
        using var response = await Http.SendAsync(request);
        return response.StatusCode;
    }

    private async Task<(string Path, AHousehold Household)> SubmittedWithABalanceAsync()
    {
        var household = AHousehold.OfOne();
        World.Departments.Record(household.IdentityNumber(0), LookupSource.Banks, Balance);
        return (await SubmittedAsync(household), household);
    }

    private static DepartmentAnswer Answer(JsonNode lookup, AHousehold household, int revision, params DepartmentFact[] facts) => new()
    {
        QueryId = Guid.Parse((string)lookup["lookupId"]!),
        IdentityNumber = household.IdentityNumber(0),
        Status = DepartmentAnswerStatus.Found,
        Facts = facts,
        Revision = revision,
    };

    private async Task<JsonNode> BanksAsync(string path, Func<JsonNode, bool> holds)
    {
        JsonNode? lookup = null;
        for (var attempt = 0; attempt < 200; attempt++)
        {
            lookup = Items(Expect(200, await Supervisor.GetAsync($"{path}/lookups"))).SingleOrDefault(item => (string)item!["source"]! == "Banks");
            if (lookup is not null && holds(lookup))
            {
                return lookup;
            }

            await Task.Delay(50);
        }

        Assert.Fail($"The banks' look-up stays as it is: {lookup}");
        return lookup!;
    }

    private async Task<int> EventsAsync(string path, string kind, string named) =>
        Items(Expect(200, await Clerk.GetAsync($"{path}/timeline?take=100")))
            .Count(entry => (string)entry!["kind"]! == kind && ((string)entry["sentence"]!).Contains(named, StringComparison.Ordinal));

    private static string Deposit(ApiAnswer disclosure) =>
        (string)Items(disclosure).Single(item => (string)item!["itemCode"]! == "deposit-statement")!["status"]!;
}
