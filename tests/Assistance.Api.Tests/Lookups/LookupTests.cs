using System.Text.Json.Nodes;
using Assistance.Api.Features.Lookups;
using Assistance.Domain.Lookups;
using Assistance.Sandbox;

namespace Assistance.Api.Tests.Lookups;

public sealed class LookupTests(Engine engine) : ApiTests(engine)
{
    // Nothing special about them: no student, no disability, no veteran.
    private static readonly LookupSource[] OfAnAdult =
    [
        LookupSource.HouseholdRegistration, LookupSource.SocialInsurance, LookupSource.Tax, LookupSource.RealEstate, LookupSource.Vehicles,
        LookupSource.Death, LookupSource.Banks, LookupSource.CommercialInsurance, LookupSource.Securities, LookupSource.PaymentInstitutions,
        LookupSource.HousingFund, LookupSource.MarketRegistration, LookupSource.Marriage,
    ];

    // A lease that a test can outwait.
    protected override Dictionary<string, string?> Settings => new() { ["Departments:Lease"] = "00:00:02", ["Departments:Sources:Vehicles:Timeout"] = "00:00:00.300" };

    [TearDown]
    public void LetEveryDepartmentAnswer()
    {
        foreach (var source in LookupSources.All)
        {
            World?.Departments.Behave(source, DepartmentBehaviour.Answers);
        }
    }

    [Test]
    public async Task Every_consenting_member_is_looked_up_once_at_every_department_with_provenance()
    {
        var household = AHousehold.OfThree();
        World.Departments.Record(household.IdentityNumber(0), LookupSource.SocialInsurance, new DepartmentFact { Kind = FactKind.MonthlyWage, AmountFen = 123_400 });
        var path = await SubmittedAsync(household);

        var lookups = await SettledAsync(path);

        var wage = lookups.Single(lookup => lookup!["facts"]!.AsArray().Any(fact => (string)fact!["kind"]! == "MonthlyWage"))!;
        Assert.Multiple(() =>
        {
            Assert.That(lookups, Has.Count.EqualTo(38));
            Assert.That(lookups.Select(lookup => $"{lookup!["personId"]} {lookup["source"]}"), Is.Unique);
            Assert.That((long)wage["facts"]![0]!["amountFen"]!, Is.EqualTo(123_400));
            Assert.That((string)wage["purpose"]!, Is.EqualTo("MeansVerification"));
            Assert.That((string)wage["legalBasisCode"]!, Is.EqualTo("LAW-41"));
            Assert.That((string)wage["responseHash"]!, Does.Match("^[0-9a-f]{64}$"));
            Assert.That((string)wage["validUntilOn"]!, Is.EqualTo("2026-10-21"));
            Assert.That((string?)wage["consentId"], Is.Not.Null);
            Assert.That((string?)wage["askedAt"], Is.Not.Null);
            Assert.That((string?)wage["answeredAt"], Is.Not.Null);
        });
        var queries = World.Departments.Queries.Where(query => query.IdentityNumber == household.IdentityNumber(0)).ToList();
        Assert.That(queries.Select(query => query.Source), Is.EquivalentTo(OfAnAdult));
    }

    [Test]
    public async Task No_record_is_not_found_and_not_none()
    {
        var lookups = await SettledAsync(await SubmittedAsync(AHousehold.OfOne()));

        Assert.That(lookups.Single(lookup => (string)lookup!["source"]! == "RealEstate")!["state"]!.GetValue<string>(), Is.EqualTo("NotFound"));
    }

    [TestCase(DepartmentBehaviour.Malformed, "malformed")]
    [TestCase(DepartmentBehaviour.AnswersAboutSomebodyElse, "other-person")]
    [TestCase(DepartmentBehaviour.StatesTheImpossible, "impossible-value")]
    [TestCase(DepartmentBehaviour.StatesNothing, "malformed")]
    public async Task An_answer_not_to_be_believed_is_set_aside_at_once_and_not_asked_for_ever(DepartmentBehaviour behaviour, string cause)
    {
        World.Departments.Behave(LookupSource.SocialInsurance, behaviour);
        var household = AHousehold.OfOne();

        var lookups = await SettledAsync(await SubmittedAsync(household));

        var lookup = lookups.Single(lookup => (string)lookup!["source"]! == "SocialInsurance")!;
        Assert.Multiple(() =>
        {
            Assert.That(((string)lookup["state"]!, (string?)lookup["cause"]), Is.EqualTo(("SetAside", cause)));
            Assert.That(lookup["facts"]!.AsArray(), Is.Empty);
            Assert.That(Asked(household, LookupSource.SocialInsurance), Is.EqualTo(1));
        });
    }

    [Test]
    public async Task An_answer_that_stops_midway_holds_up_nothing()
    {
        World.Departments.Behave(LookupSource.Vehicles, DepartmentBehaviour.StopsMidway);

        var lookups = await SettledAsync(await SubmittedAsync(AHousehold.OfOne()));

        var lookup = lookups.Single(lookup => (string)lookup!["source"]! == "Vehicles")!;
        Assert.That(((string)lookup["state"]!, (string)lookup["cause"]!), Is.EqualTo(("Unavailable", "timeout")));
    }

    [Test]
    public async Task A_department_out_of_service_is_tried_again_and_then_unavailable_never_a_no()
    {
        World.Departments.Behave(LookupSource.Vehicles, DepartmentBehaviour.Down);
        var household = AHousehold.OfOne();

        var lookups = await SettledAsync(await SubmittedAsync(household));

        var lookup = lookups.Single(lookup => (string)lookup!["source"]! == "Vehicles")!;
        Assert.Multiple(() =>
        {
            Assert.That((string)lookup["state"]!, Is.EqualTo("Unavailable"));
            Assert.That((string)lookup["cause"]!, Is.EqualTo("server-error").Or.EqualTo("circuit-open"));
            Assert.That(lookups.Count(other => (string)other!["state"]! is "Answered" or "NotFound"), Is.EqualTo(OfAnAdult.Length - 1));
        });
    }

    [Test]
    public async Task Look_ups_started_before_a_restart_are_resumed_and_none_answered_is_repeated()
    {
        World.Departments.Behave(LookupSource.Tax, DepartmentBehaviour.Silent);
        var household = AHousehold.OfOne();
        var path = await SubmittedAsync(household);
        await UntilAsync(async () => (await Supervisor.GetAsync($"{path}/lookups"))["items"]!.AsArray().Count(lookup => (string)lookup!["state"]! != "Pending") == OfAnAdult.Length - 1);

        await Service.StopHostAsync();
        World.Departments.Behave(LookupSource.Tax, DepartmentBehaviour.Answers);
        await Service.StartHostAsync();

        var lookups = await SettledAsync(path);
        Assert.Multiple(() =>
        {
            Assert.That(lookups.Select(lookup => (string)lookup!["state"]!), Is.All.EqualTo("Answered").Or.EqualTo("NotFound"));
            Assert.That(OfAnAdult.Where(source => source != LookupSource.Tax).Select(source => Asked(household, source)), Is.All.EqualTo(1));
        });
    }

    [Test]
    public async Task Nothing_is_asked_on_a_consent_that_was_revoked_meanwhile()
    {
        World.Departments.Behave(LookupSource.Tax, DepartmentBehaviour.Down);
        var household = AHousehold.OfOne();
        var path = await SubmittedAsync(household);
        await SettledAsync(path);
        var asked = Asked(household, LookupSource.Tax);
        Expect(201, await ActAsync(Clerk, path, "consent-revocations", new JsonObject { ["personId"] = await PersonAsync(path) }));

        World.Departments.Behave(LookupSource.Tax, DepartmentBehaviour.Answers);
        World.Clock.Forward(TimeSpan.FromHours(2));
        await Task.Delay(1_500);

        Assert.That(Asked(household, LookupSource.Tax), Is.EqualTo(asked));
    }

    [Test]
    public async Task A_body_of_an_answer_is_not_readable_in_the_database()
    {
        if (Engine != Engine.Sqlite)
        {
            Assert.Ignore("Reads the database's file.");
        }

        var household = AHousehold.OfOne();
        await SettledAsync(await SubmittedAsync(household));
        await Service.StopHostAsync();
        var bytes = await File.ReadAllBytesAsync(Service.DatabasePath);
        await Service.StartHostAsync();

        Assert.That(bytes.AsSpan().IndexOf(System.Text.Encoding.UTF8.GetBytes(household.IdentityNumber(0))), Is.EqualTo(-1));
    }

    private int Asked(AHousehold household, LookupSource source) =>
        World.Departments.Queries.Count(query => query.IdentityNumber == household.IdentityNumber(0) && query.Source == source);

    private static async Task UntilAsync(Func<Task<bool>> holds)
    {
        for (var attempt = 0; attempt < 200 && !await holds(); attempt++)
        {
            await Task.Delay(50);
        }
    }
}
