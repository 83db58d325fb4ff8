using System.Security.Cryptography;
using System.Text;
using Assistance.Api.Features.Lookups;
using Assistance.Domain.Lookups;
using Assistance.Sandbox;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Assistance.Api.Tests.Oversight;

public sealed class LookupBodyTests(Engine engine) : ApiTests(engine)
{
    private static readonly string[] Kept = ["Lookup", "LookupFact", "CaseEvent", "AccessRecord", "SearchRecord", "SecurityEvent", "VerificationConsent", "MeansVerification"];

    [Test]
    public async Task The_original_is_shown_for_a_stated_purpose_and_the_read_is_recorded()
    {
        var (household, path) = await AnsweredAsync();
        var lookup = await LookupAsync(path);

        foreach (var officer in new[] { Supervisor, As("auditor", District) })
        {
            var body = Expect(200, await officer.GetAsync($"/v1/lookups/{lookup["lookupId"]}/body?purpose=Objection"));
            var bytes = Convert.FromBase64String((string)Items(body).Single()!["body"]!);

            Assert.Multiple(() =>
            {
                Assert.That(Encoding.UTF8.GetString(bytes), Does.Contain(household.IdentityNumber(0)).And.Contain("123400"));
                Assert.That(Convert.ToHexStringLower(SHA256.HashData(bytes)), Is.EqualTo((string)lookup["responseHash"]!).And.EqualTo((string)body["responseHash"]!));
                Assert.That((string)Items(body).Single()!["deleteOn"]!, Is.EqualTo(DateOnly.Parse(Today).AddDays(180).ToString("yyyy-MM-dd", null)));
            });
        }

        var caseFileId = Guid.Parse((string)Expect(200, await Supervisor.GetAsync(path))["caseFileId"]!);
        var recorded = await Service.Database.ReadAsync(
            session => session.ListAsync<string>("SELECT ActorId FROM AccessRecord WHERE CaseFileId = @CaseFileId AND AccessPurpose = 'GetLookupBody:Objection'", new { CaseFileId = caseFileId }),
            CancellationToken.None);
        Assert.That(recorded, Is.EquivalentTo(new[] { $"supervisor-{District}", $"auditor-{District}" }));
    }

    [Test]
    public async Task Nobody_else_sees_it_nor_anybody_without_a_purpose()
    {
        var (_, path) = await AnsweredAsync();
        var body = $"/v1/lookups/{(await LookupAsync(path))["lookupId"]}/body";

        foreach (var officer in new[] { Clerk, Reviewer, Confirmer, As("auditor", Street), As("supervisor", Street) })
        {
            Refused(await officer.GetAsync($"{body}?purpose=Audit"), 403, "forbidden");
        }

        Refused(await Supervisor.GetAsync(body), 400, "invalid-request");
        Refused(await Supervisor.GetAsync($"{body}?purpose=Curiosity"), 400, "invalid-request");
        Refused(await Supervisor.GetAsync($"/v1/lookups/{Guid.NewGuid()}/body?purpose=Audit"), 404, "not-found");
    }

    [Test]
    public async Task An_answer_that_was_set_aside_can_be_seen_too()
    {
        World.Departments.Behave(LookupSource.SocialInsurance, DepartmentBehaviour.Malformed);
        var path = await SubmittedAsync(AHousehold.OfOne());
        await SettledAsync(path);
        World.Departments.Behave(LookupSource.SocialInsurance, DepartmentBehaviour.Answers);

        var body = Expect(200, await Supervisor.GetAsync($"/v1/lookups/{(await LookupAsync(path))["lookupId"]}/body?purpose=Fault"));

        Assert.That(Encoding.UTF8.GetString(Convert.FromBase64String((string)Items(body).Single()!["body"]!)), Is.EqualTo("{\"queryId\":"));
    }

    [Test]
    public async Task At_the_end_of_its_days_the_body_goes_and_nothing_else()
    {
        var (_, path) = await AnsweredAsync();
        var before = await LookupAsync(path);
        var body = $"/v1/lookups/{before["lookupId"]}/body?purpose=Audit";

        World.Clock.Forward(TimeSpan.FromDays(179));
        await SweepAsync();
        Expect(200, await Supervisor.GetAsync(body));
        World.Clock.Forward(TimeSpan.FromDays(1));
        var rows = await RowsAsync(Kept);
        Assert.That(await RowsAsync("LookupBody"), Has.Some.GreaterThan(0));
        await SweepAsync();

        Assert.That(await RowsAsync(Kept), Is.EqualTo(rows));
        Assert.That(await RowsAsync("LookupBody"), Is.All.Zero);
        Refused(await Supervisor.GetAsync(body), 404, "not-found");
        var after = await LookupAsync(path);
        Assert.Multiple(() =>
        {
            Assert.That((string)after["responseHash"]!, Is.EqualTo((string)before["responseHash"]!));
            Assert.That(after["facts"]!.ToJsonString(), Is.EqualTo(before["facts"]!.ToJsonString()).And.Contains("123400"));
            Assert.That((string)after["bodyDeletedOn"]!, Is.EqualTo(Today));
            Assert.That(before["bodyDeletedOn"], Is.Null);
        });
    }

    [Test]
    public async Task However_many_bodies_are_due_they_all_go()
    {
        for (var i = 0; i < 5; i++)
        {
            await SettledAsync(await SubmittedAsync(AHousehold.OfTwo()));
        }

        World.Clock.Forward(TimeSpan.FromDays(181));
        Assert.That((await RowsAsync("LookupBody")).Single(), Is.GreaterThan(100), "more than a batch");

        await SweepAsync();

        Assert.That((await RowsAsync("LookupBody")).Single(), Is.Zero);
    }

    private async Task<(AHousehold Household, string Path)> AnsweredAsync()
    {
        var household = AHousehold.OfOne();
        World.Departments.Record(household.IdentityNumber(0), LookupSource.SocialInsurance, new DepartmentFact { Kind = FactKind.MonthlyWage, AmountFen = 123_400 });
        var path = await SubmittedAsync(household);
        await SettledAsync(path);
        return (household, path);
    }

    private async Task<System.Text.Json.Nodes.JsonNode> LookupAsync(string path) =>
        Items(Expect(200, await Supervisor.GetAsync($"{path}/lookups"))).Single(lookup => (string)lookup!["source"]! == "SocialInsurance")!;

    private Task SweepAsync() =>
        Service.Services.GetServices<IHostedService>().OfType<Housekeeping>().Single().SweepAsync(CancellationToken.None);

    private Task<List<int>> RowsAsync(params string[] tables) => Service.Database.ReadAsync(
        async session =>
        {
            var counts = new List<int>();
            foreach (var table in tables)
            {
                counts.Add((await session.ListAsync<int>($"SELECT COUNT(*) FROM {table}")).Single());
            }

            return counts;
        },
        CancellationToken.None);
}
