using System.Text.Json.Nodes;
using Assistance.Sandbox;

namespace Assistance.Api.Tests.Cases;

public sealed class DuplicateTests(Engine engine) : ApiTests(engine)
{
    private const string Elsewhere = "140213058";

    [Test]
    public async Task Everybody_who_is_held_elsewhere_is_found_with_the_reason_and_the_case_where_the_officer_sees_it()
    {
        var open = AHousehold.OfTwo();
        var submitted = Expect(201, await AnyWindow.PostAsync("/v1/applications", open.ToString()));
        var granted = AHousehold.OfOne();
        await GrantedAsync(granted);
        var free = AHousehold.OfOne();

        var found = await SearchAsync(Clerk, ["SubsistenceAllowance"], Number(free, 0), Number(open, 0), Number(open, 1), Number(granted, 0));

        var candidates = Items(found, "candidates");
        Assert.Multiple(() =>
        {
            Assert.That((bool)found["isBlocked"]!, Is.True);
            Assert.That(candidates.Select(candidate => ((int)candidate!["member"]!, Reasons(candidate), (bool)candidate["isBlocking"]!)), Is.EqualTo(new[]
            {
                (2, "OpenApplication", true), (3, "OpenApplication, MemberElsewhere", true), (4, "Award", true),
            }));
            Assert.That((string)candidates[0]!["caseNumber"]!, Is.EqualTo((string)submitted["caseNumber"]!));
            Assert.That((string)candidates[0]!["applicationId"]!, Is.EqualTo((string)submitted["applications"][0]!["applicationId"]!));
            Assert.That((string)candidates[0]!["divisionCode"]!, Is.EqualTo(Street));
            Assert.That((string)candidates[0]!["sentence"]!, Does.Contain((string)submitted["caseNumber"]!).And.Contain("振华街道").And.Contain("最低生活保障"));
            Assert.That(found.Text, Does.Not.Contain((string)open.Member(0)["name"]!).And.Not.Contain("样例路").And.Not.Contain(open.IdentityNumber(0)));
        });
    }

    [Test]
    public async Task Of_another_offices_case_nothing_is_told_but_that_there_is_one()
    {
        var open = AHousehold.OfTwo();
        var submitted = Expect(201, await AnyWindow.PostAsync("/v1/applications", open.ToString()));
        var stranger = As("clerk", Elsewhere);

        var found = await SearchAsync(stranger, ["SubsistenceAllowance"], Number(open, 1));
        var refused = await stranger.PostAsync("/v1/applications", open.ToString());

        var candidate = Items(found, "candidates").Single()!;
        Refused(refused, 409, "already-applied", "57-4");
        Assert.Multiple(() =>
        {
            Assert.That((Reasons(candidate), (bool)candidate["isBlocking"]!), Is.EqualTo(("HeldElsewhere", true)));
            Assert.That((string)candidate["sentence"]!, Does.Contain("本区其他机构").And.Not.Contain("申请人").And.Not.Contain("正在享受"));
            foreach (var text in new[] { found.Text, refused.Text })
            {
                Assert.That(text, Does.Not.Contain((string)submitted["caseNumber"]!).And.Not.Contain(Window).And.Not.Contain(Street).And.Not.Contain("街道"));
                Assert.That(text, Does.Not.Contain((string)submitted["applications"][0]!["applicationId"]!).And.Not.Contain((string)submitted["caseFileId"]!));
                Assert.That(text, Does.Not.Contain((string)open.Member(0)["name"]!).And.Not.Contain("样例路").And.Not.Contain("****"));
            }

            Assert.That((string)refused["detail"]!, Does.Contain("本区其他机构"));
            Assert.That(refused.Json!["caseNumber"], Is.Null);
            Assert.That(Held(refused), Is.EqualTo(new[] { (1, "SubsistenceAllowance", (string?)null), (2, "SubsistenceAllowance", null) }));
        });
    }

    [Test]
    public async Task A_refusal_names_every_member_who_is_held_and_for_what_at_once()
    {
        var first = AHousehold.OfOne();
        first.Form["programmes"] = new JsonArray("SubsistenceAllowance", "MarginalLowIncome");
        var here = Expect(201, await AnyWindow.PostAsync("/v1/applications", first.ToString()));
        var second = AHousehold.OfOne().LivingIn("140213058001");
        Expect(201, await As("clerk", Elsewhere).PostAsync("/v1/applications", second.ToString()));
        var form = AHousehold.OfOne();
        form.Form["programmes"] = new JsonArray("SubsistenceAllowance", "MarginalLowIncome");
        Join(form, first.Member(0));
        Join(form, second.Member(0));

        var refused = await AnyWindow.PostAsync("/v1/applications", form.ToString());

        var number = (string)here["caseNumber"]!;
        Refused(refused, 409, "already-applied", "57-4");
        Assert.Multiple(() =>
        {
            Assert.That(Held(refused), Is.EquivalentTo(new[]
            {
                (2, "SubsistenceAllowance", (string?)number), (2, "MarginalLowIncome", number), (3, "SubsistenceAllowance", null),
            }));
            Assert.That((string)refused["detail"]!, Does.Contain("第2、3名成员").And.Contain(number));
        });
    }

    [Test]
    public async Task Another_programme_is_told_for_information_and_does_not_block()
    {
        var household = AHousehold.OfOne();
        Expect(201, await AnyWindow.PostAsync("/v1/applications", household.ToString()));

        var found = await SearchAsync(Clerk, ["MarginalLowIncome"], Number(household, 0));

        Assert.Multiple(() =>
        {
            Assert.That((bool)found["isBlocked"]!, Is.False);
            Assert.That(Reasons(Items(found, "candidates").Single()!), Is.EqualTo("OtherProgramme, OpenApplication"));
        });
        household.Form["programmes"] = new JsonArray("MarginalLowIncome");
        Expect(201, await AnyWindow.PostAsync("/v1/applications", household.ToString()));
    }

    [Test]
    public async Task A_newborn_without_a_number_is_compared_by_name_and_birth_date_on_every_path()
    {
        var parents = WithNewborn(AHousehold.OfOne(), "样例新生", "2026-08-01");
        var first = Expect(201, await AnyWindow.PostAsync("/v1/applications", parents.ToString()));
        var others = WithNewborn(AHousehold.OfOne(), "样例新生", "2026-08-01");

        var found = await SearchAsync(Clerk, ["SubsistenceAllowance"], new JsonObject { ["name"] = "样例·新生", ["bornOn"] = "2026-08-01" });
        var unlike = await SearchAsync(Clerk, ["SubsistenceAllowance"], new JsonObject { ["name"] = "样例新生", ["bornOn"] = "2026-08-02" });
        var second = Expect(201, await AnyWindow.PostAsync("/v1/applications", others.ToString()));
        var (_, award, _) = await GrantedAsync(AHousehold.OfOne());
        var reported = Expect(201, await ActAsync(Clerk, award, "circumstance-changes", new JsonObject
        {
            ["kind"] = "MemberBorn",
            ["changedOn"] = "2026-08-01",
            ["newMember"] = new JsonObject { ["name"] = "样例新生", ["relationship"] = "Child", ["evidence"] = "PaperSighted" },
        }));

        Assert.Multiple(() =>
        {
            Assert.That((bool)found["isBlocked"]!, Is.False);
            Assert.That(Reasons(Items(found, "candidates").Single()!), Is.EqualTo("SameNameAndBirth, OpenApplication, MemberElsewhere"));
            Assert.That(Items(unlike, "candidates"), Is.Empty);
            Assert.That(Items(first, "possibleDuplicates"), Is.Empty);
            Assert.That(((int)Items(second, "possibleDuplicates").Single()!["member"]!, (string)Items(second, "possibleDuplicates").Single()!["caseNumber"]!), Is.EqualTo((2, (string)first["caseNumber"]!)));
            Assert.That(Items(reported, "possibleDuplicates").Select(candidate => (string)candidate!["caseNumber"]!), Is.EquivalentTo(new[] { (string)first["caseNumber"]!, (string)second["caseNumber"]! }));
        });
    }

    [Test]
    public async Task Two_numbers_are_two_people_however_alike_and_a_number_may_be_that_of_a_newborn_of_then()
    {
        var child = AHousehold.OfTwo().With("Child", 2015);
        child.Member(2)["name"] = "样例同名";
        Expect(201, await AnyWindow.PostAsync("/v1/applications", child.ToString()));
        var number = AHousehold.IdentityNumberOf(2015, 998);
        var bornOn = $"{number[6..10]}-{number[10..12]}-{number[12..14]}";
        Expect(201, await AnyWindow.PostAsync("/v1/applications", WithNewborn(AHousehold.OfOne(), "样例同名", bornOn).ToString()));

        var found = await SearchAsync(Clerk, ["SubsistenceAllowance"], new JsonObject { ["name"] = "样例同名", ["identityNumber"] = number });

        Assert.That(Items(found, "candidates").Select(candidate => Reasons(candidate!)), Is.EqualTo(new[] { "SameNameAndBirth, OpenApplication, MemberElsewhere" }));
    }

    [Test]
    public async Task The_search_and_the_cases_found_are_recorded()
    {
        var household = AHousehold.OfOne();
        var submitted = Expect(201, await AnyWindow.PostAsync("/v1/applications", household.ToString()));

        await SearchAsync(As("clerk", Elsewhere, subject: "clerk-who-looks"), ["SubsistenceAllowance"], Number(household, 0));

        var kinds = await ReadAsync<string>("SELECT SearchKind FROM SearchRecord WHERE ActorId = 'clerk-who-looks'");
        var cases = await ReadAsync<Guid>("SELECT CaseFileId FROM AccessRecord WHERE ActorId = 'clerk-who-looks' AND AccessPurpose = 'SearchDuplicates:Application'");
        Assert.Multiple(() =>
        {
            Assert.That(kinds, Is.EqualTo(new[] { "Duplicates" }));
            Assert.That(cases.Select(id => $"{id}"), Is.EqualTo(new[] { (string)submitted["caseFileId"]! }));
        });
    }

    [TestCase("""{ "members": [], "programmes": ["SubsistenceAllowance"] }""", "$.members")]
    [TestCase("""{ "members": [{ "name": "样例" }], "programmes": ["SubsistenceAllowance"] }""", "$.members[0]")]
    [TestCase("""{ "members": [{ "bornOn": "2026-01-01" }], "programmes": ["SubsistenceAllowance"] }""", "$.members[0]")]
    [TestCase("""{ "members": [{ "name": "样例", "bornOn": "2026-01-01" }], "programmes": [] }""", "$.programmes")]
    public async Task A_search_that_is_not_understood_is_an_error(string body, string path)
    {
        var answer = await Clerk.PostAsync("/v1/duplicate-searches", body);

        Refused(answer, 400, "invalid-request");
        Assert.That(Items(answer, "errors").Select(fault => (string)fault!["path"]!), Is.EqualTo(new[] { path }));
    }

    [Test]
    public async Task Nobody_but_the_desk_looks_for_duplicates() =>
        Refused(await Reviewer.PostAsync("/v1/duplicate-searches", """{ "members": [], "programmes": [] }"""), 403, "forbidden");

    [Test]
    public async Task A_hundred_overlapping_households_at_the_same_instant_hold_nobody_twice_and_lose_no_receipt()
    {
        string[] windows = [Street, Window, Elsewhere, "140213052"];
        var people = Enumerable.Range(0, 40).Select(_ => AHousehold.OfOne()).ToList();
        var forms = Enumerable.Range(0, 100).Select(index =>
        {
            // Everybody is in seven or eight forms, alone or with others, for one programme or two.
            var form = AHousehold.Of(people[index % people.Count].Member(0));
            if (index % 5 != 0)
            {
                Join(form, people[(index * 7 + 13) % people.Count].Member(0));
                Join(form, people[(index * 11 + 26) % people.Count].Member(0));
            }

            form.Form["programmes"] = index % 3 == 0 ? new JsonArray("SubsistenceAllowance", "MarginalLowIncome") : new JsonArray("SubsistenceAllowance");
            return (Form: form, Officer: As("clerk", windows[index % windows.Length]), Key: $"household-{index}");
        }).ToList();
        var casesBefore = (await ReadAsync<Guid>("SELECT CaseFileId FROM CaseFile")).ToHashSet();

        var answers = await Task.WhenAll(forms.Select(form => form.Officer.PostAsync("/v1/applications", form.Form.ToString(), key: form.Key)));

        var taken = answers.Where(answer => answer.Status == 201).ToList();
        var refused = answers.Where(answer => answer.Status != 201).ToList();
        var cases = taken.Select(answer => (string)answer["caseFileId"]!).ToList();
        var claims = (await ReadAsync<Guid>("SELECT CaseFileId FROM ProgrammeClaim")).Select(id => $"{id}").ToLookup(id => id);
        var held = taken.SelectMany(answer => ((JsonArray)answer["memberIds"]).SelectMany(person =>
            ((JsonArray)answer["applications"]).Select(application => $"{person} {application!["programme"]}"))).ToList();
        Assert.Multiple(() =>
        {
            Assert.That(taken, Is.Not.Empty);
            Assert.That(refused, Is.Not.Empty);
            Assert.That(refused.Select(answer => answer.Code), Is.All.EqualTo("already-applied"));
            Assert.That(refused.Select(answer => Held(answer).Length), Is.All.Positive);
            Assert.That(held, Is.Unique);
            foreach (var answer in taken)
            {
                Assert.That(
                    claims[(string)answer["caseFileId"]!].Count(),
                    Is.EqualTo(((JsonArray)answer["memberIds"]).Count * ((JsonArray)answer["applications"]).Count));
            }
        });
        var casesAfter = (await ReadAsync<Guid>("SELECT CaseFileId FROM CaseFile")).Where(id => !casesBefore.Contains(id)).Select(id => $"{id}");
        Assert.That(casesAfter, Is.EquivalentTo(cases));
        foreach (var answer in taken)
        {
            var read = Expect(200, await Supervisor.GetAsync($"/v1/applications/{answer["applications"][0]!["applicationId"]}"));
            Assert.That((string)read["caseNumber"]!, Is.EqualTo((string)answer["caseNumber"]!));
            Assert.That(read["receipt"].ToJsonString(), Is.EqualTo(answer["receipt"].ToJsonString()));
        }

        var again = await Task.WhenAll(forms.Select(form => form.Officer.PostAsync("/v1/applications", form.Form.ToString(), key: form.Key)));
        Assert.Multiple(() =>
        {
            foreach (var (first, second) in answers.Zip(again))
            {
                Assert.That((second.Status, second.Code, second.IsReplay), Is.EqualTo((first.Status, first.Code, first.Status == 201)));
                Assert.That(first.Status == 201 ? second.Text : null, Is.EqualTo(first.Status == 201 ? first.Text : null));
            }
        });
    }

    private static Task<ApiAnswer> SearchAsync(OfficerClient officer, string[] programmes, params JsonObject[] members) => ExpectedAsync(
        officer.PostAsync("/v1/duplicate-searches", new JsonObject
        {
            ["members"] = new JsonArray([.. members]),
            ["programmes"] = new JsonArray([.. programmes.Select(programme => JsonValue.Create(programme))]),
        }.ToJsonString()));

    private static async Task<ApiAnswer> ExpectedAsync(Task<ApiAnswer> answer) => Expect(200, await answer);

    private static JsonObject Number(AHousehold household, int member) => new() { ["identityNumber"] = household.IdentityNumber(member) };

    private static string Reasons(JsonNode candidate) => string.Join(", ", ((JsonArray)candidate["reasons"]!).Select(reason => (string)reason!));

    private static (int, string, string?)[] Held(ApiAnswer refused) =>
        [.. ((JsonArray)refused["members"]).Select(member => ((int)member!["member"]!, (string)member["programme"]!, (string?)member["caseNumber"]))];

    private static void Join(AHousehold household, JsonObject person)
    {
        var members = (JsonArray)household.Form["members"]!;
        var member = (JsonObject)person.DeepClone();
        member["relationship"] = "Sibling";
        member["consent"]!["signedByMember"] = members.Count + 1;
        members.Add((JsonNode)member);
    }

    private static AHousehold WithNewborn(AHousehold household, string name, string bornOn)
    {
        ((JsonArray)household.Form["members"]!).Add((JsonNode)new JsonObject
        {
            ["name"] = name,
            ["bornOn"] = bornOn,
            ["relationship"] = "Child",
            ["consent"] = new JsonObject { ["signedOn"] = "2026-09-21", ["signedByMember"] = 1 },
        });
        return household;
    }

    private Task<IReadOnlyList<T>> ReadAsync<T>(string sql) =>
        Service.Database.ReadAsync(session => session.ListAsync<T>(sql), CancellationToken.None);
}
