namespace Assistance.Api.Tests.Events;

public sealed class TimelineTests(Engine engine) : ApiTests(engine)
{
    [Test]
    public async Task The_timeline_tells_the_whole_procedure_in_order_without_personal_data()
    {
        var household = AHousehold.OfOne();
        var (application, award, _) = await GrantedAsync(household);
        var adjustment = await ReportedAsync(application, award, IncomeChange(await PersonAsync(application), 30_000));
        Expect(201, await ActAsync(Reviewer, adjustment, "assessment"));
        Expect(201, await ActAsync(Reviewer, adjustment, "prior-hearing", Hearing()));
        Expect(201, await ActAsync(Confirmer, adjustment, "decision", Decision("Reduce")));

        var timeline = Expect(200, await Clerk.GetAsync($"{application}/timeline?take=100"));

        Assert.Multiple(() =>
        {
            Assert.That(Items(timeline).Select(entry => (int)entry!["number"]!), Is.EqualTo(Enumerable.Range(1, Items(timeline).Count)));
            Assert.That(Items(timeline).Select(entry => (string)entry!["kind"]!).Where(kind => !kind.StartsWith("Lookup", StringComparison.Ordinal)), Is.EqualTo(new[]
            {
                "ApplicationSubmitted", "DisclosureSealed", "ItemSupplied", "TransferTakenUp", "ApplicationAccepted", "HouseholdAssessed", "PreliminarilyReviewed",
                "PubliclyPosted", "ReportedToDistrict", "DecisionMade", "GrantPublished", "ChangeReported", "HouseholdAssessed", "AdjustmentProposed",
                "HouseholdHeard", "DecisionMade",
            }));
            Assert.That(Items(timeline).Count(entry => (string)entry!["kind"]! == "LookupsRequested"), Is.EqualTo(2));
            Assert.That(Items(timeline).Count(entry => (string)entry!["kind"]! is "LookupAnswered" or "LookupNotFound"), Is.EqualTo(2 * 13));
            Assert.That(Items(timeline).Select(entry => (string)entry!["sentence"]!), Is.All.Not.Empty.And.All.Not.Contain("{{"));
            Assert.That(timeline.Text, Does.Not.Contain(household.IdentityNumber(0)).And.Not.Contain((string)household.Member(0)["name"]!));
        });
    }

    [Test]
    public async Task A_refused_act_leaves_no_event()
    {
        var path = await SubmittedAsync(AHousehold.OfOne());
        await SettledAsync(path);
        var before = Expect(200, await Clerk.GetAsync($"{path}/timeline?take=100")).Text;

        Refused(await ActAsync(Clerk, path, "acceptance"), 409, "disclosure-not-sealed");

        Assert.That(Expect(200, await Clerk.GetAsync($"{path}/timeline?take=100")).Text, Is.EqualTo(before));
    }

    [Test]
    public async Task It_pages_by_number()
    {
        var path = await SubmittedAsync(AHousehold.OfOne());
        await SettledAsync(path);

        var first = Expect(200, await Clerk.GetAsync($"{path}/timeline?take=3"));
        var second = Expect(200, await Clerk.GetAsync($"{path}/timeline?take=3&after={first["next"]}"));

        Assert.That(Items(first).Concat(Items(second)).Select(entry => (int)entry!["number"]!), Is.EqualTo(Enumerable.Range(1, 6)));
    }

    [Test]
    public async Task Every_read_of_personal_data_leaves_an_access_record()
    {
        var path = await SubmittedAsync(AHousehold.OfOne());
        await SettledAsync(path);
        var auditor = As("auditor", District, subject: "auditor-of-this-test");
        foreach (var below in new[] { "", "/timeline", "/lookups", "/disclosure" })
        {
            Expect(200, await auditor.GetAsync(path + below));
        }

        // The table is read as an auditor's tool would; the service has no reader of it yet.
        var purposes = await Service.Database.ReadAsync(session => session.ListAsync<string>(
            "SELECT AccessPurpose FROM AccessRecord WHERE ActorId = @ActorId ORDER BY AccessRecordId", new { ActorId = "auditor-of-this-test" }), CancellationToken.None);

        Assert.That(purposes, Is.EqualTo(new[] { "GetApplication", "GetTimeline", "ListLookups", "GetDisclosure" }));
    }
}
