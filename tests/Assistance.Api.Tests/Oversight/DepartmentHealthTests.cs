using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Text.Json.Nodes;
using Assistance.Api.Features.Lookups;
using Assistance.Domain.Lookups;
using Assistance.Sandbox;
using Microsoft.Extensions.DependencyInjection;

namespace Assistance.Api.Tests.Oversight;

public sealed class DepartmentHealthTests(Engine engine) : ApiTests(engine)
{
    private const int Households = 4;

    private readonly ConcurrentQueue<(string Instrument, string Tags)> measured = new();
    private JsonObject[] departments = [];

    protected override Dictionary<string, string?> Settings => new() { ["Departments:Sources:Death:Timeout"] = "00:00:30" };

    [OneTimeSetUp]
    public async Task LetDepartmentsFailAsync()
    {
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, collector) =>
        {
            // Other fixtures have services of their own in this process.
            if (instrument.Meter.Name == DepartmentHealth.MeterName && instrument.Meter.Scope == Service.Services.GetRequiredService<IMeterFactory>())
            {
                collector.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<double>((instrument, _, tags, _) => Keep(instrument, tags));
        listener.SetMeasurementEventCallback<long>((instrument, _, tags, _) => Keep(instrument, tags));
        listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => measured.Enqueue((instrument.Name, $"{Tags(tags)} = {value}")));
        listener.Start();

        World.Departments.Behave(LookupSource.RealEstate, DepartmentBehaviour.Down);
        World.Departments.Behave(LookupSource.SocialInsurance, DepartmentBehaviour.Malformed);
        World.Departments.Behave(LookupSource.Tax, usual => usual with { Latency = TimeSpan.FromMilliseconds(400) });
        for (var i = 0; i < Households; i++)
        {
            await SettledAsync(await SubmittedAsync(AHousehold.OfOne()));
        }

        departments = await DepartmentsAsync();
        listener.RecordObservableInstruments();

        void Keep(Instrument instrument, ReadOnlySpan<KeyValuePair<string, object?>> tags) => measured.Enqueue((instrument.Name, Tags(tags)));

        static string Tags(ReadOnlySpan<KeyValuePair<string, object?>> tags) => string.Join(' ', tags.ToArray().Select(tag => tag.Value));
    }

    [Test]
    public void Every_source_is_told_of() => Assert.Multiple(() =>
    {
        Assert.That(departments.Select(department => (string)department["source"]!), Is.EqualTo(LookupSources.All.Select(source => source.ToString())));
        Assert.That(departments.Select(department => (bool)department["isConfigured"]!), Is.All.True);
    });

    [Test]
    public void A_department_that_is_down_is_seen_by_its_errors_its_breaker_and_its_queue()
    {
        var (recent, queue) = Of(LookupSource.RealEstate);

        Assert.Multiple(() =>
        {
            Assert.That((int)recent["requests"]!, Is.AtLeast(10).And.EqualTo((int)recent["errors"]!));
            Assert.That((decimal)recent["errorRate"]!, Is.EqualTo(1m));
            Assert.That((string)Department(LookupSource.RealEstate)["breaker"]!, Is.EqualTo("Open").Or.EqualTo("HalfOpen"));
            Assert.That((int)queue["unavailable"]!, Is.EqualTo(Households));
            Assert.That((int)queue["givenUp"]!, Is.Zero);
        });
    }

    [Test]
    public void A_department_that_answers_has_no_errors_and_its_latency_in_order()
    {
        var (recent, queue) = Of(LookupSource.MarketRegistration);

        Assert.Multiple(() =>
        {
            Assert.That((int)recent["requests"]!, Is.EqualTo(Households));
            Assert.That(((int)recent["errors"]!, (int)recent["heldBack"]!, (decimal)recent["errorRate"]!), Is.EqualTo((0, 0, 0m)));
            Assert.That((double)recent["p50Milliseconds"]!, Is.AtMost((double)recent["p95Milliseconds"]!));
            Assert.That((double)recent["p95Milliseconds"]!, Is.AtMost((double)recent["p99Milliseconds"]!));
            Assert.That((string)Department(LookupSource.MarketRegistration)["breaker"]!, Is.EqualTo("Closed"));
            Assert.That(
                new[] { "pending", "submitted", "unavailable", "givenUp", "setAside", "overdue" }.Select(name => (int)queue[name]!), Is.All.Zero);
        });
    }

    [Test]
    public void A_slow_department_is_seen_by_its_latency() =>
        Assert.That((double)Of(LookupSource.Tax).Recent["p50Milliseconds"]!, Is.AtLeast(400).And.LessThan(30_000));

    [Test]
    public void Answers_not_to_be_believed_are_errors_and_set_aside()
    {
        var (recent, queue) = Of(LookupSource.SocialInsurance);

        Assert.That(((int)recent["requests"]!, (int)recent["errors"]!, (int)queue["setAside"]!), Is.EqualTo((Households, Households, Households)));
    }

    [Test]
    public async Task What_a_department_holds_up_is_pending_since_it_was_due()
    {
        var before = World.Clock.GetUtcNow();
        World.Departments.Behave(LookupSource.Death, DepartmentBehaviour.Silent);
        var household = AHousehold.OfOne();
        await SubmittedAsync(household);
        for (var attempt = 0; attempt < 100 && !World.Departments.Queries.Any(IsAsked); attempt++)
        {
            await Task.Delay(50);
        }

        var queue = (await DepartmentsAsync()).Single(department => (string)department["source"]! == "Death")["queue"]!;
        World.Departments.Behave(LookupSource.Death, DepartmentBehaviour.Answers);

        Assert.That((int)queue["pending"]!, Is.EqualTo(1));
        Assert.That((DateTimeOffset)queue["oldestPendingSince"]!, Is.GreaterThan(before.AddSeconds(-1)).And.LessThan(World.Clock.GetUtcNow()));

        bool IsAsked(DepartmentQuery query) => query.Source == LookupSource.Death && query.IdentityNumber == household.IdentityNumber(0);
    }

    [Test]
    public void The_same_goes_to_whatever_collects_metrics() => Assert.Multiple(() =>
    {
        Assert.That(measured.Count(entry => entry == ("assistance.department.request.duration", "MarketRegistration answered")), Is.EqualTo(Households));
        Assert.That(measured, Does.Contain(("assistance.department.request.duration", "RealEstate server-error")));
        Assert.That(measured.Count(entry => entry == ("assistance.department.answers.set_aside", "SocialInsurance malformed")), Is.EqualTo(Households));
        Assert.That(measured, Does.Contain(("assistance.department.breaker.state", "RealEstate = 2")));
        Assert.That(measured, Does.Contain(("assistance.department.breaker.state", "Tax = 0")));
    });

    [TestCase("/v1/departments")]
    [TestCase("/v1/dead-letters")]
    [TestCase("/v1/sharing-clocks")]
    [TestCase("/v1/sharing-clocks/figures?from=2026-09&to=2026-09")]
    [TestCase("/v1/sharing-clocks/figures.csv?from=2026-09&to=2026-09")]
    public async Task Supervisors_and_auditors_of_the_district_see_it_and_nobody_else(string path)
    {
        foreach (var officer in new[] { Supervisor, As("auditor", District) })
        {
            Expect(200, await officer.GetAsync(path));
        }

        foreach (var officer in new[] { As("supervisor", Street), As("auditor", Street), Confirmer, Clerk })
        {
            Refused(await officer.GetAsync(path), 403, "forbidden");
        }
    }

    private async Task<JsonObject[]> DepartmentsAsync() =>
        [.. Items(Expect(200, await Supervisor.GetAsync("/v1/departments"))).Select(department => department!.AsObject())];

    private JsonObject Department(LookupSource source) => departments.Single(department => (string)department["source"]! == source.ToString());

    private (JsonNode Recent, JsonNode Queue) Of(LookupSource source) => (Department(source)["recent"]!, Department(source)["queue"]!);
}
