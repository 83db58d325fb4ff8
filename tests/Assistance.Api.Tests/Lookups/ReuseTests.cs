using System.Text.Json.Nodes;
using Assistance.Api.Features.Lookups;
using Assistance.Domain.Lookups;
using Assistance.Sandbox;

namespace Assistance.Api.Tests.Lookups;

/// <summary>What a department has answered serves every case of the person while it holds (Act art. 62: asked once).</summary>
public sealed class ReuseTests(Engine engine) : ApiTests(engine)
{
    private static readonly DepartmentFact Balance = new() { Kind = FactKind.DepositBalance, AmountFen = 700_000 };

    [TearDown]
    public void LetEveryDepartmentDoAsUsual()
    {
        foreach (var source in LookupSources.All)
        {
            World?.Departments.Behave(source, usual => usual);
        }
    }

    [Test]
    public async Task What_is_on_file_serves_the_next_case_and_no_department_is_asked_again()
    {
        var household = AHousehold.OfTwo();
        World.Departments.Record(household.IdentityNumber(0), LookupSource.Banks, Balance);
        var first = await SettledAsync(await SubmittedAsync(household));
        var asked = Asked(household);

        var next = await SubmittedAsync(AsMarginal(household));
        var lookups = await SettledAsync(next);

        var origin = first.ToDictionary(lookup => $"{lookup!["personId"]} {lookup["source"]}", lookup => lookup!);
        Assert.Multiple(() =>
        {
            Assert.That(Asked(household), Is.EqualTo(asked));
            Assert.That(lookups, Has.Count.EqualTo(first.Count));
            foreach (var lookup in lookups)
            {
                var from = origin[$"{lookup!["personId"]} {lookup["source"]}"];
                Assert.That((string?)lookup["reusedLookupId"], Is.EqualTo((string?)from["lookupId"]));
                foreach (var same in new[] { "state", "answeredAt", "validUntilOn", "responseHash", "facts" })
                {
                    Assert.That(lookup[same]?.ToJsonString(), Is.EqualTo(from[same]?.ToJsonString()), same);
                }

                Assert.That((string?)lookup["consentId"], Is.Not.EqualTo((string?)from["consentId"]), "this case rests on its own consent");
            }
        });
        var disclosure = Expect(201, await ActAsync(Clerk, next, "disclosure"));
        Assert.That(
            Items(disclosure).Where(item => (string)item!["itemCode"]! is "deposit-statement" or "tax-record").Select(item => (string)item!["status"]!),
            Is.EqualTo(new[] { "OnFile", "OnFile", "OnFile", "OnFile" }), "for each of the two, already on file");
        var told = Items(Expect(200, await Clerk.GetAsync($"{next}/timeline"))).Single(entry => (string)entry!["kind"]! == "LookupsRequested")!;
        Assert.That((string)told["sentence"]!, Does.Contain("发出查询0件").And.Contain($"另有{lookups.Count}件在档"));
    }

    [Test]
    public async Task What_no_longer_holds_is_asked_for_anew()
    {
        var household = AHousehold.OfOne();
        await SettledAsync(await SubmittedAsync(household));
        var asked = Asked(household);
        World.Clock.Forward(TimeSpan.FromDays(31));

        var lookups = await SettledAsync(await SubmittedAsync(AsMarginal(household)));

        Assert.Multiple(() =>
        {
            Assert.That(Asked(household), Is.EqualTo(2 * asked));
            Assert.That(lookups.Select(lookup => lookup!["reusedLookupId"]), Is.All.Null);
        });
    }

    [Test]
    public async Task What_the_departments_are_asked_for_on_purpose_is_not_taken_from_the_file()
    {
        var household = AHousehold.OfOne();
        var path = await SubmittedAsync(household);
        await SettledAsync(path);
        var asked = Asked(household);

        Expect(201, await ActAsync(Reviewer, path, "verification"));
        await SettledAsync(path, round: 2);

        Assert.That(Asked(household), Is.EqualTo(2 * asked));
    }

    [Test]
    public async Task Silence_is_not_on_file_and_only_that_department_is_asked()
    {
        World.Departments.Behave(LookupSource.Tax, DepartmentBehaviour.Malformed);
        var household = AHousehold.OfOne();
        await SettledAsync(await SubmittedAsync(household));
        World.Departments.Behave(LookupSource.Tax, DepartmentBehaviour.Answers);
        var asked = Asked(household);

        var lookups = await SettledAsync(await SubmittedAsync(AsMarginal(household)));

        Assert.Multiple(() =>
        {
            Assert.That(Asked(household), Is.EqualTo(asked + 1));
            Assert.That(lookups.Single(lookup => lookup!["reusedLookupId"] is null)!["source"]!.GetValue<string>(), Is.EqualTo("Tax"));
        });
    }

    [Test]
    public async Task What_the_household_disputes_is_not_used_elsewhere()
    {
        var household = AHousehold.OfOne();
        var path = await SubmittedAsync(household);
        var item = Items(await SealedAsync(path)).Single(item => (string)item!["itemCode"]! == "real-estate")!;
        Expect(201, await ActAsync(Clerk, path, "disclosure-contestations", new JsonObject
        {
            ["itemKey"] = (string)item["itemKey"]!,
            ["statement"] = "此房屋已于去年出售。",
        }));
        var recheck = (await SettledAsync(path, round: 2)).Where(lookup => (int)lookup!["round"]! == 2);
        Assert.That(recheck.Select(lookup => (string)lookup!["source"]!), Is.EqualTo(new[] { "RealEstate" }), "that department alone: the others were not disputed");

        var lookups = await SettledAsync(await SubmittedAsync(AsMarginal(household)));

        var property = lookups.Single(lookup => (string)lookup!["source"]! == "RealEstate")!;
        var again = Items(Expect(200, await Supervisor.GetAsync($"{path}/lookups")))
            .Single(lookup => (string)lookup!["source"]! == "RealEstate" && (int)lookup["round"]! == 2)!;
        Assert.That((string?)property["reusedLookupId"], Is.EqualTo((string?)again["lookupId"]), "what the re-check brought, and not what was disputed");
    }

    [Test]
    public async Task A_department_that_corrects_itself_is_believed_in_every_case_that_reuses_its_answer()
    {
        var household = AHousehold.OfOne();
        World.Departments.Record(household.IdentityNumber(0), LookupSource.Banks, Balance);
        var first = Banks(await SettledAsync(await SubmittedAsync(household)));
        var next = await SubmittedAsync(AsMarginal(household));
        await SettledAsync(next);

        await World.Departments.SendAnswerAsync(LookupSource.Banks, new DepartmentAnswer
        {
            QueryId = Guid.Parse((string)first["lookupId"]!),
            IdentityNumber = household.IdentityNumber(0),
            Status = DepartmentAnswerStatus.Found,
            Facts = [Balance with { AmountFen = 1_000 }],
            Revision = 2,
        });

        var corrected = Banks(Items(Expect(200, await Supervisor.GetAsync($"{next}/lookups"))));
        Assert.Multiple(() =>
        {
            Assert.That((int)corrected["revision"]!, Is.EqualTo(2));
            Assert.That((long)corrected["facts"]![0]!["amountFen"]!, Is.EqualTo(1_000));
        });
        Assert.That(await SentencesAsync(next), Has.Some.EndsWith("答复查询，事实1项。"), "the case that reuses it is told");
    }

    private static AHousehold AsMarginal(AHousehold household)
    {
        household.Form["programmes"] = new JsonArray("MarginalLowIncome");
        return household;
    }

    private static JsonNode Banks(JsonArray lookups) => lookups.Single(lookup => (string)lookup!["source"]! == "Banks")!;

    private int Asked(AHousehold household) => World.Departments.Queries.Count(query => query.IdentityNumber == household.IdentityNumber(0));
}
