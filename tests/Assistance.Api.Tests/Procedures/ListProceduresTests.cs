using System.Text.Json.Nodes;
using Assistance.Api.Security;
using Assistance.Api.Tests.Http;
using Assistance.Domain.Decisions;
using Assistance.Domain.Intake;
using Assistance.Domain.Shared;

namespace Assistance.Api.Tests.Procedures;

/// <summary>The procedure as it is published: at the endpoint in both languages, and drawn in the README.</summary>
public sealed class ListProceduresTests(Engine engine) : ApiTests(engine)
{
    private const string From = "<!-- procedures -->\n";
    private const string To = "<!-- /procedures -->\n";

    [Test]
    public async Task Every_row_of_the_tables_is_published_as_it_is()
    {
        var procedures = Items(Expect(200, await Clerk.GetAsync("/v1/procedures")), "procedures");

        Published(procedures[0]!, "Application", ApplicationProcedure.Table);
        Published(procedures[1]!, "AwardAdjustment", AdjustmentProcedure.Table);
    }

    [TestCase("zh", "审核确认", "审核确认人员", "区级民政部门", "初审人员不得审核确认", "已收件")]
    [TestCase("en", "confirm", "officer who confirms", "the district", "One's own review cannot be confirmed", "received")]
    public async Task Names_come_in_the_language_asked_for(string language, string act, string role, string office, string need, string state)
    {
        var application = Items(Expect(200, await Clerk.GetAsync("/v1/procedures", language)), "procedures")[0]!;
        var confirm = Act(application, "Confirm");

        Assert.Multiple(() =>
        {
            Assert.That((string)confirm["name"]!, Is.EqualTo(act));
            Assert.That((string)confirm["roles"]![0]!["name"]!, Is.EqualTo(role));
            Assert.That((string)confirm["office"]!["name"]!, Is.EqualTo(office));
            Assert.That((string)confirm["needs"]![0]!["name"]!, Is.EqualTo(need));
            Assert.That((string)confirm["legalBasis"]!["code"]!, Is.EqualTo("LAW-44"));
            Assert.That(confirm["operations"]!.AsArray().Select(operation => (string)operation!), Is.EqualTo(new[] { "ConfirmApplication" }));
            Assert.That((string)application["states"]![0]!["name"]!, Is.EqualTo(state));
        });
    }

    // 57 arts 15, 17, 20 and 22, N22 part 4(1): and none of them excludes any time.
    [TestCase("StartVerification", 3, null, "57-17")]
    [TestCase("StartInvestigation", 3, null, "57-15")]
    [TestCase("DistrictOpinion", 10, null, "57-20")]
    [TestCase("Total", 30, 45, "57-22")]
    public async Task A_clock_has_its_days_and_its_article_and_never_pauses(string code, int days, int? extended, string basis)
    {
        var answer = Expect(200, await Clerk.GetAsync("/v1/procedures", "en"));
        var clock = Items(answer, "clocks").Single(clock => (string)clock!["clock"]! == code)!;

        Assert.Multiple(() =>
        {
            Assert.That((int)clock["workingDays"]!, Is.EqualTo(days));
            Assert.That((int?)clock["extendedWorkingDays"], Is.EqualTo(extended));
            Assert.That((string)clock["legalBases"]![0]!["code"]!, Is.EqualTo(basis));
            Assert.That(clock["pausedBy"]!.AsArray(), Is.Empty);
            Assert.That((string)answer["pausing"]!, Does.StartWith("No clock pauses"));
        });
    }

    [Test]
    public async Task Every_word_of_the_procedures_is_written_in_both_languages()
    {
        var names = new List<(string Code, string Zh, string En)>();
        Pairs(Expect(200, await Clerk.GetAsync("/v1/procedures", "zh")).Json!, Expect(200, await Clerk.GetAsync("/v1/procedures", "en")).Json!, names);

        Assert.That(names, Has.Count.AtLeast(100));
        // A role is called in English as it is in a token.
        Assert.That(names.Where(name => name.Zh == name.En || name.Zh == name.Code || (name.En == name.Code && !Roles.All.Contains(name.Code))), Is.Empty);
    }

    [Test]
    public async Task Who_reads_cases_reads_the_procedure_and_departments_do_not()
    {
        foreach (var role in Roles.All)
        {
            Expect(role == Roles.Department ? 403 : 200, await As(role, District).GetAsync("/v1/procedures"));
        }
    }

    [Test]
    public async Task The_readme_draws_what_the_endpoint_publishes()
    {
        var drawn = string.Concat(Items(Expect(200, await Clerk.GetAsync("/v1/procedures", "en")), "procedures")
            .Select(procedure => $"\nAn {procedure!["name"]}:\n\n```mermaid\n{procedure["diagram"]}```\n")) + "\n";
        var path = Path.Combine(Repository.Root, "README.md");
        var readme = (await File.ReadAllTextAsync(path)).ReplaceLineEndings("\n");
        var (from, to) = (readme.IndexOf(From, StringComparison.Ordinal) + From.Length, readme.IndexOf(To, StringComparison.Ordinal));
        if (Environment.GetEnvironmentVariable(OpenApiTests.UpdateVariable) is not null)
        {
            await File.WriteAllTextAsync(path, readme = readme[..from] + drawn + readme[to..]);
            to = readme.IndexOf(To, StringComparison.Ordinal);
        }

        Assert.That(readme[from..to], Is.EqualTo(drawn), $"Run with {OpenApiTests.UpdateVariable}=1 to draw the README's diagrams anew.");
    }

    private static JsonNode Act(JsonNode procedure, string act) => procedure["acts"]!.AsArray().Single(each => (string)each!["act"]! == act)!;

    private static void Published<TAct, TState>(JsonNode procedure, string name, Procedure<TAct, TState> table)
        where TAct : struct, Enum
        where TState : struct, Enum => Assert.Multiple(() =>
        {
            Assert.That((string)procedure["procedure"]!, Is.EqualTo(name));
            Assert.That(Texts(procedure["states"]!, "state"), Is.EqualTo(Enum.GetNames<TState>()));
            Assert.That(Texts(procedure["acts"]!, "act"), Is.EquivalentTo(Enum.GetNames<TAct>()));
            foreach (var row in table.Acts)
            {
                var act = Act(procedure, row.Act.ToString());
                Assert.That(act["from"]!.AsArray().Select(state => (string)state!), Is.EqualTo(row.From.Select(state => state.ToString())), $"{row.Act}");
                Assert.That(act["to"]!.AsArray().Select(state => (string)state!), Is.EqualTo(row.To.Select(state => state.ToString())), $"{row.Act}");
                Assert.That((bool)act["mayStay"]!, Is.EqualTo(row.MayStay), $"{row.Act}");
                Assert.That(Texts(act["roles"]!, "code"), Is.EqualTo(row.Roles.Select(Roles.Of)), $"{row.Act}");
                Assert.That((string)act["office"]!["code"]!, Is.EqualTo(row.Office.ToString()), $"{row.Act}");
                Assert.That(Texts(act["needs"]!, "code"), Is.EqualTo(row.Needs), $"{row.Act}");
                Assert.That(
                    act["clocks"]!.AsArray().Select(step => ((string)step!["effect"]!, (string)step["clock"]!, (string?)step["when"]?["code"])),
                    Is.EqualTo(row.Clocks.Select(step => (step.Effect.ToString(), step.Clock, step.When?.ToString()))), $"{row.Act}");
                Assert.That((string)act["legalBasis"]!["code"]!, Is.EqualTo(row.BasisCode), $"{row.Act}");
                Assert.That(act["operations"]!.AsArray(), Is.Not.Empty, $"{row.Act}");
            }
        });

    private static IEnumerable<string> Texts(JsonNode list, string member) => list.AsArray().Select(each => (string)each![member]!);

    // Everything that has a name, beside its code.
    private static void Pairs(JsonNode zh, JsonNode en, List<(string Code, string Zh, string En)> names)
    {
        if (zh is JsonObject each)
        {
            if (each.ContainsKey("name"))
            {
                var code = (string)(each["code"] ?? each["act"] ?? each["state"] ?? each["clock"] ?? each["procedure"])!;
                names.Add((code, (string)each["name"]!, (string)en["name"]!));
            }

            foreach (var (member, value) in each.Where(member => member.Value is not null))
            {
                Pairs(value!, en[member]!, names);
            }
        }
        else if (zh is JsonArray list)
        {
            foreach (var (first, second) in list.Zip(en.AsArray()))
            {
                Pairs(first!, second!, names);
            }
        }
    }
}
