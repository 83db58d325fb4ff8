using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Assistance.Api.Features.Lookups;
using Assistance.Api.Http;
using Assistance.Domain.Lookups;
using Assistance.Domain.Shared;
using Assistance.Sandbox;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Assistance.Api.Tests.Lookups;

/// <summary>What can be turned at the simulated departments, over real HTTP; where the service would listen, the test does.</summary>
public sealed class SimulatedDepartmentsTests
{
    private const string Person = "140213197503120115";

    private readonly ConcurrentQueue<(string Path, string Id, bool IsGenuine, string Body)> received = new();
    private SimulatedWorld world = null!;
    private WebApplication service = null!;
    private HttpClient http = null!;
    private int refusals;

    [SetUp]
    public async Task StartAsync()
    {
        world = await SimulatedWorld.StartAsync(new TravellingClock(TestService.Start), TestService.SeedsPath, port: 0);
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        service = builder.Build();
        service.MapPost("/{**path}", ReceiveAsync);
        await service.StartAsync();
        world.Departments.ServiceAddress = new Uri(service.Urls.Single());
        http = new HttpClient { BaseAddress = new Uri(world.Address) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", SimulatedDepartments.Credential);
        received.Clear();
        refusals = 0;
    }

    [TearDown]
    public async Task StopAsync()
    {
        http.Dispose();
        await world.DisposeAsync();
        await service.DisposeAsync();
    }

    [Test]
    public async Task A_stranger_is_not_answered()
    {
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "somebody");

        Assert.That((await AskAsync(Query(LookupSource.Tax))).StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That(world.Departments.Queries, Is.Empty);
    }

    [Test]
    public async Task The_same_query_has_the_same_answer_until_the_record_is_corrected()
    {
        var query = Query(LookupSource.RealEstate);
        var first = await TextAsync(query);
        var second = await TextAsync(query);
        world.Departments.Correct(Person, LookupSource.RealEstate, new DepartmentFact { Kind = FactKind.HousesOwned, Count = 2 });
        var corrected = await AnswerAsync(query);

        Assert.Multiple(() =>
        {
            Assert.That(second, Is.EqualTo(first));
            Assert.That((corrected.Revision, corrected.Facts.Single().Count), Is.EqualTo((2, 2)));
        });
    }

    [Test]
    public async Task It_thinks_as_long_as_it_is_told_and_its_body_takes_its_time()
    {
        world.Departments.Behave(LookupSource.Tax, usual => usual with { Latency = TimeSpan.FromMilliseconds(120), BodyTakes = TimeSpan.FromMilliseconds(200) });
        var started = Environment.TickCount64;
        using var response = await AskAsync(Query(LookupSource.Tax), HttpCompletionOption.ResponseHeadersRead);
        var headers = Environment.TickCount64 - started;
        var answer = JsonSerializer.Deserialize<DepartmentAnswer>(await response.Content.ReadAsStringAsync(), ApiJson.Options)!;

        Assert.Multiple(() =>
        {
            Assert.That(headers, Is.GreaterThanOrEqualTo(100));
            Assert.That(Environment.TickCount64 - started, Is.GreaterThanOrEqualTo(headers + 100));
            Assert.That(answer.IdentityNumber, Is.EqualTo(Person));
        });
    }

    [Test]
    public async Task So_many_of_its_answers_fail_as_it_is_told_and_the_same_ones_each_time()
    {
        var first = await FailuresAsync();
        var second = await FailuresAsync();

        Assert.That(second, Is.EqualTo(first));
        Assert.That(first.Count(failed => failed), Is.InRange(15, 45));

        async Task<List<bool>> FailuresAsync()
        {
            world.Departments.Behave(LookupSource.Tax, usual => usual with { ErrorRate = 0.3, Seed = 7 });
            var failures = new List<bool>();
            for (var i = 0; i < 100; i++)
            {
                failures.Add((await AskAsync(Query(LookupSource.Tax))).StatusCode == HttpStatusCode.ServiceUnavailable);
            }

            return failures;
        }
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task Above_its_rate_it_says_when_to_come_back(bool isDate)
    {
        world.Departments.Behave(LookupSource.Tax, usual => usual with { PerSecond = 2, IsRetryAfterDate = isDate });
        var answers = new List<HttpResponseMessage>();
        for (var i = 0; i < 6; i++)
        {
            answers.Add(await AskAsync(Query(LookupSource.Tax)));
        }

        var refused = answers.Where(answer => answer.StatusCode == HttpStatusCode.TooManyRequests).ToList();
        var after = refused[0].Headers.RetryAfter!;
        Assert.Multiple(() =>
        {
            Assert.That(refused, Has.Count.InRange(2, 4));
            Assert.That(isDate ? after.Date : world.Clock.GetUtcNow() + after.Delta, Is.GreaterThan(world.Clock.GetUtcNow()));
            Assert.That(world.Departments.LoadOf(LookupSource.Tax).Queries, Is.EqualTo(6));
            Assert.That(world.Departments.LoadOf(LookupSource.Tax).MostASecond, Is.GreaterThanOrEqualTo(3));
        });
    }

    [Test]
    public async Task It_answers_about_somebody_else_or_another_query_where_told()
    {
        var query = Query(LookupSource.Tax);
        world.Departments.Behave(LookupSource.Tax, DepartmentBehaviour.AnswersAboutSomebodyElse);
        var aboutSomebody = await AnswerAsync(query);
        world.Departments.Behave(LookupSource.Tax, DepartmentBehaviour.AnswersAboutAnotherQuery);
        var aboutAnother = await AnswerAsync(query);

        Assert.That((aboutSomebody.QueryId == query.QueryId, aboutSomebody.IdentityNumber == Person), Is.EqualTo((true, false)));
        Assert.That((aboutAnother.QueryId == query.QueryId, aboutAnother.IdentityNumber == Person), Is.EqualTo((false, true)));
    }

    [Test]
    public async Task Whoever_runs_the_sandbox_turns_the_same_by_HTTP_and_a_wrong_word_changes_nothing()
    {
        var changed = await http.PutAsync("departments/Tax/behaviour", new StringContent("""{"behaviour":"Down"}"""));
        var refused = await http.PutAsync("departments/Tax/behaviour", new StringContent("""{"behavior":"Answers"}"""));

        Assert.Multiple(async () =>
        {
            Assert.That((changed.StatusCode, refused.StatusCode), Is.EqualTo((HttpStatusCode.OK, HttpStatusCode.BadRequest)));
            Assert.That((await AskAsync(Query(LookupSource.Tax))).StatusCode, Is.EqualTo(HttpStatusCode.ServiceUnavailable));
        });
    }

    [Test]
    public async Task A_record_is_put_right_by_HTTP_and_the_next_query_shows_it()
    {
        await http.PutAsJsonAsync(
            "departments/Vehicles/records", new DepartmentRecord(Person, [new DepartmentFact { Kind = FactKind.VesselsOwned, Count = 1 }]), ApiJson.Options);

        Assert.That((await AnswerAsync(Query(LookupSource.Vehicles))).Facts.Single().Kind, Is.EqualTo(FactKind.VesselsOwned));
    }

    [Test]
    public async Task A_header_turns_it_for_one_query_only()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "departments/Tax/queries") { Content = JsonContent.Create(Query(LookupSource.Tax), options: ApiJson.Options) };
        request.Headers.Add("X-Sandbox-Behaviour", """{"behaviour":"Down"}""");

        Assert.That((await http.SendAsync(request)).StatusCode, Is.EqualTo(HttpStatusCode.ServiceUnavailable));
        Assert.That((await AskAsync(Query(LookupSource.Tax))).StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [TestCase(LookupSource.Banks)]
    [TestCase(LookupSource.CommercialInsurance)]
    [TestCase(LookupSource.Securities)]
    [TestCase(LookupSource.PaymentInstitutions)]
    public async Task Who_holds_money_takes_the_query_and_answers_later_by_a_signed_message(LookupSource source)
    {
        var query = Query(source);
        using var response = await AskAsync(query);
        var receipt = (await response.Content.ReadFromJsonAsync<DepartmentReceipt>(ApiJson.Options))!;
        await ReceivedAsync(1);

        var (path, _, isGenuine, body) = received.Single();
        Assert.Multiple(async () =>
        {
            Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.Accepted));
            Assert.That((receipt.QueryId, receipt.Status), Is.EqualTo((query.QueryId, DepartmentReceiptStatus.Agreed)));
            Assert.That(path, Is.EqualTo($"/v1/department-answers/{source}"));
            Assert.That(isGenuine, Is.True);
            Assert.That(body, Is.EqualTo(await (await CollectAsync(query)).Content.ReadAsStringAsync()));
            Assert.That(body, Is.EqualTo(await TextAsync(query)));
        });
        await Task.Delay(100);
        Assert.That(received, Has.Count.EqualTo(1), "The same query again is answered, and not taken twice.");
    }

    [Test]
    public async Task It_agrees_and_answers_when_its_time_has_come_on_the_clock_of_the_sandbox()
    {
        world.Departments.Behave(LookupSource.Banks, usual => usual with
        {
            AgreesAfter = TimeSpan.FromDays(9),
            AnswersAfter = TimeSpan.FromDays(20),
            IsExtended = true,
        });
        var query = Query(LookupSource.Banks);
        var first = await ReceiptAsync(await AskAsync(query));
        world.Clock.Forward(TimeSpan.FromDays(10));
        var second = await ReceiptAsync(await CollectAsync(query));
        await Task.Delay(100);
        var before = received.Count;
        world.Clock.Forward(TimeSpan.FromDays(11));
        await ReceivedAsync(1);

        Assert.Multiple(async () =>
        {
            Assert.That((first.Status, first.IsExtended), Is.EqualTo((DepartmentReceiptStatus.Received, true)));
            Assert.That(second.Status, Is.EqualTo(DepartmentReceiptStatus.Agreed));
            Assert.That(before, Is.Zero);
            Assert.That((await CollectAsync(query)).StatusCode, Is.EqualTo(HttpStatusCode.OK));
        });
    }

    [Test]
    public async Task It_may_say_nothing_and_wait_to_be_asked()
    {
        world.Departments.Behave(LookupSource.Banks, usual => usual with { Callbacks = CallbackPattern.Never });
        var query = Query(LookupSource.Banks);
        await AskAsync(query);
        await Task.Delay(150);

        Assert.That(received, Is.Empty);
        Assert.That((await CollectAsync(query)).StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That((await CollectAsync(Query(LookupSource.Banks))).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    public async Task It_may_say_the_same_twice()
    {
        world.Departments.Behave(LookupSource.Banks, usual => usual with { Callbacks = CallbackPattern.Twice });
        await AskAsync(Query(LookupSource.Banks));
        await ReceivedAsync(2);

        Assert.That(received.Select(message => (message.Id, message.Body)).Distinct().Count(), Is.EqualTo(1));
    }

    [Test]
    public async Task It_may_send_the_correction_before_what_it_corrects()
    {
        world.Departments.Behave(LookupSource.Banks, usual => usual with { Callbacks = CallbackPattern.OutOfOrder });
        await AskAsync(Query(LookupSource.Banks));
        await ReceivedAsync(2);

        Assert.That(
            received.Select(message => JsonSerializer.Deserialize<DepartmentAnswer>(message.Body, ApiJson.Options)!).Select(answer => (answer.Revision, answer.Status)),
            Is.EqualTo(new[] { (2, DepartmentAnswerStatus.Found), (1, DepartmentAnswerStatus.NotFound) }));
    }

    [Test]
    public async Task What_the_service_could_not_take_is_sent_again()
    {
        refusals = 2;
        await AskAsync(Query(LookupSource.Banks));
        await ReceivedAsync(3);

        Assert.That(received.Select(message => message.Id).Distinct().Count(), Is.EqualTo(1));
    }

    [Test]
    public async Task What_is_wrong_with_an_answer_is_wrong_with_a_later_one_too()
    {
        world.Departments.Behave(LookupSource.Banks, DepartmentBehaviour.AnswersAboutSomebodyElse);
        using var response = await AskAsync(Query(LookupSource.Banks));
        await ReceivedAsync(1);

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.Accepted));
        Assert.That(received.Single().Body, Does.Not.Contain(Person));
    }

    [Test]
    public async Task A_request_for_correction_is_taken_once_and_answered_when_told()
    {
        var request = new DepartmentCorrectionRequest { TicketId = Guid.CreateVersion7(), QueryId = Guid.CreateVersion7(), Statement = "房屋已于2024年出售。" };
        var first = await http.PostAsJsonAsync("departments/RealEstate/corrections", request, ApiJson.Options);
        var second = await http.PostAsJsonAsync("departments/RealEstate/corrections", request, ApiJson.Options);
        await world.Departments.AnswerCorrectionAsync(request.TicketId, DepartmentCorrectionOutcome.Corrected, "已更正");

        var (path, _, isGenuine, body) = received.Single();
        Assert.Multiple(() =>
        {
            Assert.That((first.StatusCode, second.StatusCode), Is.EqualTo((HttpStatusCode.Accepted, HttpStatusCode.Accepted)));
            Assert.That(world.Departments.Corrections, Is.EqualTo(new[] { new ReceivedCorrection(LookupSource.RealEstate, request) }));
            Assert.That((path, isGenuine), Is.EqualTo(("/v1/department-correction-answers/RealEstate", true)));
            Assert.That(
                JsonSerializer.Deserialize<DepartmentCorrectionAnswer>(body, ApiJson.Options),
                Is.EqualTo(new DepartmentCorrectionAnswer { TicketId = request.TicketId, Outcome = DepartmentCorrectionOutcome.Corrected, Remark = "已更正" }));
        });
    }

    [Test]
    public async Task It_may_answer_requests_for_correction_by_itself()
    {
        world.Departments.Behave(LookupSource.Tax, usual => usual with { CorrectionOutcome = DepartmentCorrectionOutcome.Upheld });
        await http.PostAsJsonAsync(
            "departments/Tax/corrections",
            new DepartmentCorrectionRequest { TicketId = Guid.CreateVersion7(), QueryId = Guid.CreateVersion7(), Statement = "没有这笔收入。" },
            ApiJson.Options);
        await ReceivedAsync(1);

        Assert.That(received.Single().Body, Does.Contain("Upheld"));
    }

    [Test]
    public async Task Of_many_queries_only_the_last_are_remembered_and_all_are_counted()
    {
        world.Departments.MostQueries = 3;
        var queries = Enumerable.Range(0, 5).Select(_ => Query(LookupSource.Tax)).ToList();
        foreach (var query in queries)
        {
            await AskAsync(query);
        }

        Assert.That(world.Departments.Queries, Is.EqualTo(queries[2..]));
        Assert.That(world.Departments.LoadOf(LookupSource.Tax).Queries, Is.EqualTo(5));
    }

    [Test]
    public async Task Records_are_made_up_only_where_told_and_only_of_whom_nobody_knows()
    {
        var nobody = AHousehold.IdentityNumberOf(1970, 990_001);
        var before = await AnswerAsync(Query(LookupSource.HouseholdRegistration, nobody));
        world.Departments.InventsRecords = true;
        var first = await TextAsync(Query(LookupSource.HouseholdRegistration, nobody));
        var known = await AnswerAsync(Query(LookupSource.Death));

        Assert.That((before.Status, known.Status), Is.EqualTo((DepartmentAnswerStatus.NotFound, DepartmentAnswerStatus.NotFound)));
        Assert.That(first, Does.Contain("RegisteredDivision"));
    }

    [Test]
    public void Whatever_is_on_record_can_be_believed_on_its_day()
    {
        // When everything in the file has happened.
        var day = new DateOnly(2028, 1, 1);
        var people = File.ReadLines(Path.Combine(TestService.SeedsPath, "departments", "facts.csv")).Skip(1).Select(row => row.Split(',')[0]).ToList();
        var facts = people.Distinct().SelectMany(person => LookupSources.All.SelectMany(source =>
            world.Departments.KnownOn(day, person, source).Select(fact => (Source: source, Fact: fact)))).ToList();

        Assert.That(facts, Has.Count.EqualTo(people.Count));
        Assert.That(facts.Where(known => !IsPlausible(known.Source, known.Fact, day)), Is.Empty);
        Assert.That(people.Where(person => IdentityNumber.TryParse(person, out _) != IdentityNumberFault.None), Is.Empty);
    }

    [Test]
    public void Whatever_is_made_up_can_be_believed_and_every_department_knows_somebody_but_nobody_dead()
    {
        var today = new DateOnly(2026, 9, 21);
        world.Departments.InventsRecords = true;
        var people = Enumerable.Range(0, 400).Select(i => AHousehold.IdentityNumberOf(1940 + (i % 70), 500_000 + i)).ToList();
        Assert.Multiple(() =>
        {
            foreach (var source in LookupSources.All)
            {
                var facts = people.SelectMany(person => world.Departments.KnownOn(today, person, source)).ToList();
                Assert.That(facts.Where(fact => !IsPlausible(source, fact, today)), Is.Empty, $"{source}");
                Assert.That(facts.Count, source == LookupSource.Death ? Is.Zero : Is.Positive, $"{source}");
            }
        });
    }

    private static bool IsPlausible(LookupSource source, DepartmentFact fact, DateOnly today) => new LookupFact
    {
        LookupId = Guid.Empty,
        PersonId = Guid.Empty,
        Source = source,
        Kind = fact.Kind,
        AmountFen = fact.AmountFen is { } fen ? new Money(fen) : null,
        Count = fact.Count,
        DivisionCode = fact.DivisionCode,
        FromOn = fact.FromOn,
        ToOn = fact.ToOn,
        AnsweredAt = TestService.Start,
        ValidUntilOn = today,
    }.IsPlausible(today);

    private static DepartmentQuery Query(LookupSource source, string identityNumber = Person) => new()
    {
        QueryId = Guid.CreateVersion7(),
        Source = source,
        IdentityNumber = identityNumber,
        Name = "样例",
        Purpose = LookupPurpose.MeansVerification,
        LegalBasis = "LAW-41",
        ConsentId = Guid.CreateVersion7(),
    };

    private async Task<HttpResponseMessage> AskAsync(DepartmentQuery query, HttpCompletionOption completion = HttpCompletionOption.ResponseContentRead)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"departments/{query.Source}/queries") { Content = JsonContent.Create(query, options: ApiJson.Options) };
        return await http.SendAsync(request, completion);
    }

    private Task<HttpResponseMessage> CollectAsync(DepartmentQuery query) => http.GetAsync($"departments/{query.Source}/queries/{query.QueryId}");

    private async Task<string> TextAsync(DepartmentQuery query) => await (await AskAsync(query)).Content.ReadAsStringAsync();

    private async Task<DepartmentAnswer> AnswerAsync(DepartmentQuery query) => JsonSerializer.Deserialize<DepartmentAnswer>(await TextAsync(query), ApiJson.Options)!;

    private static async Task<DepartmentReceipt> ReceiptAsync(HttpResponseMessage response) =>
        (await response.Content.ReadFromJsonAsync<DepartmentReceipt>(ApiJson.Options))!;

    private async Task ReceivedAsync(int count)
    {
        for (var attempt = 0; attempt < 250 && received.Count < count; attempt++)
        {
            await Task.Delay(20);
        }

        Assert.That(received, Has.Count.EqualTo(count));
    }

    private async Task<IResult> ReceiveAsync(HttpRequest request)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body);
        var (id, timestamp) = (request.Headers["webhook-id"].ToString(), request.Headers["webhook-timestamp"].ToString());
        var source = Enum.Parse<LookupSource>(request.Path.Value!.Split('/')[^1]);
        var signature = HMACSHA256.HashData(
            Encoding.UTF8.GetBytes(world.Settings(TestService.SeedsPath)[$"Departments:Sources:{source}:CallbackSecret"]!),
            (byte[])[.. Encoding.UTF8.GetBytes($"{id}.{timestamp}."), .. body.ToArray()]);
        var age = world.Clock.GetUtcNow() - DateTimeOffset.FromUnixTimeSeconds(long.Parse(timestamp, CultureInfo.InvariantCulture));
        var isGenuine = request.Headers["webhook-signature"] == $"v1,{Convert.ToBase64String(signature)}" && age.Duration() < TimeSpan.FromMinutes(1);
        received.Enqueue((request.Path.Value, id, isGenuine, Encoding.UTF8.GetString(body.ToArray())));
        return refusals-- > 0 ? Results.StatusCode(StatusCodes.Status503ServiceUnavailable) : Results.NoContent();
    }
}
