using System.Text;
using System.Text.Json.Nodes;
using Assistance.Api.Data;
using Assistance.Domain.Lookups;
using Assistance.Sandbox;

namespace Assistance.Api.Tests.Oversight;

public sealed class SharingClockTests(Engine engine) : ApiTests(engine)
{
    private const string List = "/v1/sharing-clocks";
    private const string Figures = "/v1/sharing-clocks/figures";

    private static readonly string[] Sums = ["answeredInTime", "answeredLate", "openOverdue", "totalWorkingDays", "meanWorkingDays"];

    private string application = "";

    // Monday 21 September: tax stays silent, real estate answers two days late, banks agree and take a month to deliver,
    // securities extend their reply, and a correction was asked for on the day itself.
    [OneTimeSetUp]
    public async Task LetDepartmentsTakeTheirTimeAsync()
    {
        World.Departments.Behave(LookupSource.Tax, DepartmentBehaviour.Down);
        World.Departments.Behave(LookupSource.RealEstate, DepartmentBehaviour.Down);
        World.Departments.Behave(LookupSource.Banks, usual => usual with { Callbacks = CallbackPattern.Never, AnswersAfter = TimeSpan.FromDays(60) });
        World.Departments.Behave(LookupSource.Securities, usual => usual with
        {
            Callbacks = CallbackPattern.Never,
            IsExtended = true,
            AgreesAfter = TimeSpan.FromDays(60),
            AnswersAfter = TimeSpan.FromDays(60),
        });
        application = await SubmittedAsync(AHousehold.OfOne());
        await StateAsync("Tax", "Unavailable");
        await StateAsync("RealEstate", "Unavailable");
        await StateAsync("Banks", "Submitted");
        await StateAsync("Securities", "Submitted");
        await Service.Database.WriteAsync(AddTicketAsync, CancellationToken.None);
        World.Clock.Forward(TimeSpan.FromDays(3));
        World.Departments.Behave(LookupSource.RealEstate, DepartmentBehaviour.Answers);
        await StateAsync("RealEstate", "NotFound");
    }

    [Test]
    public async Task Each_running_clock_is_told_with_its_last_day_and_its_article()
    {
        var clocks = Items(Expect(200, await Supervisor.GetAsync(List)));

        Assert.That(
            clocks.Select(clock => ((string)clock!["source"]!, (string)clock["clock"]!, (string)clock["dueOn"]!, (string)clock["legalBasis"]!["code"]!)),
            Is.EquivalentTo(new[]
            {
                ("Tax", "Reply", "2026-09-22", "ZS-21"),
                ("Death", "Correction", "2026-10-10", "ZS-26"),
                ("Securities", "ExtendedReply", "2026-10-26", "ZS-21"),
                ("Banks", "Delivery", "2026-10-26", "ZS-22"),
            }));
        Assert.That(clocks.Select(clock => (string)clock!["dueOn"]!), Is.Ordered);
    }

    [Test]
    public async Task An_overdue_one_is_told_with_the_working_days_since()
    {
        var overdue = Items(Expect(200, await Supervisor.GetAsync($"{List}?overdue=true"))).Single()!;
        var others = Items(Expect(200, await Supervisor.GetAsync($"{List}?overdue=false")));

        Assert.Multiple(() =>
        {
            Assert.That(((string)overdue["source"]!, (bool)overdue["isOverdue"]!, (int)overdue["overdueWorkingDays"]!), Is.EqualTo(("Tax", true, 2)));
            Assert.That(others.Select(clock => ((bool)clock!["isOverdue"]!, (int)clock["overdueWorkingDays"]!)), Is.All.EqualTo((false, 0)).And.Exactly(3).Items);
        });
    }

    [Test]
    public async Task The_list_goes_by_pages_and_by_source()
    {
        var all = Items(Expect(200, await Supervisor.GetAsync(List))).Select(clock => clock!.ToJsonString()).ToList();
        var one = new List<string>();
        string? next = null;
        do
        {
            var page = Expect(200, await Supervisor.GetAsync(next is null ? $"{List}?take=1" : $"{List}?take=1&after={next}"));
            one.AddRange(Items(page).Select(clock => clock!.ToJsonString()));
            next = (string?)page.Json!["next"];
        }
        while (next is not null);

        Assert.That(one, Is.EqualTo(all));
        foreach (var source in new[] { "Banks", "Death" })
        {
            Assert.That(
                Items(Expect(200, await Supervisor.GetAsync($"{List}?source={source}"))).Select(clock => (string)clock!["source"]!), Is.EqualTo(new[] { source }));
        }
    }

    [TestCase("after=00000000000000000000000000000001", "after")]
    [TestCase("source=Nobody", "source")]
    [TestCase("take=0", "take")]
    [TestCase("overdue=maybe", "overdue")]
    public async Task What_is_not_understood_is_an_error(string query, string path)
    {
        var answer = await Supervisor.GetAsync($"{List}?{query}");

        Refused(answer, 400, "invalid-request");
        Assert.That((string)Items(answer, "errors").Single()!["path"]!, Is.EqualTo(path));
    }

    [Test]
    public async Task The_figures_tell_who_kept_the_days()
    {
        var figures = Expect(200, await Supervisor.GetAsync($"{Figures}?from=2026-09&to=2026-10"));
        var earlier = Expect(200, await Supervisor.GetAsync($"{Figures}?from=2026-01&to=2026-08"));

        Assert.Multiple(() =>
        {
            Assert.That(Of(figures, "RealEstate"), Is.EqualTo("0 1 0 3 3"), "answered on Thursday, asked on Monday");
            Assert.That(Of(figures, "Tax"), Is.EqualTo("0 0 1 0 "));
            Assert.That(Of(figures, "MarketRegistration"), Is.EqualTo("1 0 0 0 0"));
            Assert.That(Items(figures, "sources").Select(row => (string)row!["source"]!), Does.Not.Contain("Banks"), "its day has not passed");
            Assert.That((int)figures["total"]["openOverdue"]!, Is.EqualTo(1));
            Assert.That((int)figures["total"]["answeredLate"]!, Is.EqualTo(1));
            Assert.That((int)figures["total"]["answeredInTime"]!, Is.EqualTo(Items(figures, "sources").Sum(row => (int)row!["figures"]!["answeredInTime"]!)).And.AtLeast(5));
            Assert.That(Items(earlier, "sources"), Is.Empty);
            Assert.That(earlier["total"].AsObject().ContainsKey("meanWorkingDays"), Is.False);
        });
    }

    [Test]
    public async Task The_table_holds_the_same_figures()
    {
        var figures = Expect(200, await Supervisor.GetAsync($"{Figures}?from=2026-09&to=2026-09"));
        var table = Expect(200, await Supervisor.GetAsync($"{Figures}.csv?from=2026-09&to=2026-09"));

        var lines = Encoding.UTF8.GetString(table.Bytes.AsSpan(3)).TrimEnd().Split("\r\n");
        Assert.Multiple(() =>
        {
            Assert.That(table.Headers["Content-Type"], Does.StartWith("text/csv"));
            Assert.That(table.Bytes[..3], Is.EqualTo(new byte[] { 0xEF, 0xBB, 0xBF }));
            Assert.That(lines[0], Is.EqualTo("月份,代码,部门,按期答复,逾期答复,逾期未答复,答复工作日合计,答复平均工作日"));
            Assert.That(lines, Does.Contain("2026-09,Tax,税务部门,0,0,1,0,"));
            Assert.That(lines[1..^1].Select(line => line.Split(',')[1]), Is.EqualTo(Items(figures, "sources").Select(row => (string)row!["source"]!)));
            Assert.That(lines[^1], Is.EqualTo($"合计,,,{string.Join(',', Sums.Select(name => figures["total"][name]?.ToJsonString() ?? ""))}"));
        });
    }

    [Test]
    public async Task What_never_left_the_service_starts_no_clock()
    {
        // The breaker of a department that fails is open: the next query does not reach it.
        World.Departments.Behave(LookupSource.HousingFund, DepartmentBehaviour.Down);
        for (var i = 0; i < 4; i++)
        {
            await StateAsync("HousingFund", "Unavailable", await SubmittedAsync(AHousehold.OfOne()));
        }

        var last = await SubmittedAsync(AHousehold.OfOne());
        JsonNode? lookup = null;
        for (var attempt = 0; (string?)lookup?["cause"] is null && attempt < 200; attempt++)
        {
            await Task.Delay(20);
            lookup = (await LookupsAsync(last)).SingleOrDefault(item => (string)item!["source"]! == "HousingFund");
        }

        World.Departments.Behave(LookupSource.HousingFund, DepartmentBehaviour.Answers);

        Assert.Multiple(() =>
        {
            Assert.That((string)lookup!["cause"]!, Is.EqualTo("circuit-open"));
            Assert.That((string?)lookup["askedAt"], Is.Null);
            Assert.That((string?)lookup["sharingDueOn"], Is.Null);
        });
    }

    private static string Of(ApiAnswer figures, string source)
    {
        var row = Items(figures, "sources").Single(row => (string)row!["source"]! == source)!["figures"]!;
        return string.Join(' ', Sums.Select(name => row[name]?.ToJsonString() ?? ""));
    }

    private async Task<JsonArray> LookupsAsync(string path) => Items(Expect(200, await Supervisor.GetAsync($"{path}/lookups")));

    private async Task StateAsync(string source, string state, string? path = null)
    {
        var (of, last) = (path ?? application, "");
        for (var attempt = 0; attempt < 200; attempt++)
        {
            last = (string?)(await LookupsAsync(of)).FirstOrDefault(lookup => (string)lookup!["source"]! == source)?["state"] ?? "";
            if (last == state)
            {
                return;
            }

            await Task.Delay(50);
        }

        Assert.Fail($"The look-up of {source} is {last} and not {state}.");
    }

    private async Task AddTicketAsync(Session session)
    {
        var now = World.Clock.GetUtcNow();
        await session.ExecuteAsync(
            """
            INSERT INTO CorrectionTicket (TicketId, CaseFileId, LookupId, LookupSource, Statement, TicketState, RequestedAt, RequestedBy, DueAt,
                AttemptCount, SentAt, DueOn, IsDueProvisional)
            SELECT @TicketId, CaseFileId, LookupId, LookupSource, @Statement, 'Sent', @RequestedAt, 'clerk', @DueAt, 1, @SentAt, @DueOn, 0
            FROM Lookup WHERE LookupSource = 'Death'
            """,
            new { TicketId = Guid.CreateVersion7(now), Statement = "样例", RequestedAt = now, DueAt = now, SentAt = now, DueOn = new DateOnly(2026, 10, 10) });
    }
}
