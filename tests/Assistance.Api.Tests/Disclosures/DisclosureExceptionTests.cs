using System.Text.Json.Nodes;
using Assistance.Api.Features.Lookups;
using Assistance.Api.Security;
using Assistance.Domain.Lookups;
using Assistance.Sandbox;

namespace Assistance.Api.Tests.Disclosures;

/// <summary>What may happen to a sealed list: acknowledged, contested, sent back, waived, and by exception added to.</summary>
public sealed class DisclosureExceptionTests(Engine engine) : ApiTests(engine)
{
    [TearDown]
    public void LetEveryDepartmentAnswer()
    {
        foreach (var source in LookupSources.All)
        {
            World?.Departments.Behave(source, DepartmentBehaviour.Answers);
        }

        // So that a breaker that a test opened is closed for the next.
        World?.Clock.Forward(TimeSpan.FromHours(2));
    }

    [Test]
    public async Task A_person_acknowledges_a_list_once()
    {
        var path = await SubmittedAsync(AHousehold.OfOne());
        Refused(await ActAsync(Clerk, path, "disclosure-acknowledgements", Acknowledgement(await PersonAsync(path))), 409, "disclosure-not-sealed");
        await SealedAsync(path);

        var disclosure = Expect(201, await ActAsync(Clerk, path, "disclosure-acknowledgements", Acknowledgement(await PersonAsync(path))));

        Assert.That((string)disclosure["versions"][0]!["acknowledgement"]!["way"]!, Is.EqualTo("ReadOut"));
        Refused(await ActAsync(Clerk, path, "disclosure-acknowledgements", Acknowledgement(await PersonAsync(path))), 409, "already-acknowledged");
        Refused(await ActAsync(Clerk, path, "disclosure-acknowledgements", Acknowledgement(Guid.NewGuid().ToString())), 422, "member-not-in-household");
        Refused(await ActAsync(Clerk, path, "disclosure-acknowledgements", Acknowledgement(await PersonAsync(path), version: 2)), 400, "invalid-request");
    }

    [Test]
    public async Task Something_sent_back_is_required_again_with_the_reason_and_replaced_without_being_lost()
    {
        var path = await SubmittedAsync(AHousehold.OfOne());
        await SealedAsync(path);
        Refused(await ActAsync(Clerk, path, "disclosure-supply-returns", Return()), 409, "nothing-supplied");
        Expect(201, await ActAsync(Clerk, path, "disclosure-supplies", Supply("residence-proof", "PaperSighted")));

        var returned = Item(Expect(201, await ActAsync(Clerk, path, "disclosure-supply-returns", Return())), "residence-proof");

        Assert.That(((string)returned["status"]!, (string)returned["cause"]!, (string)returned["returnRemark"]!), Is.EqualTo(("Required", "SentBack", "第二页看不清。")));
        Refused(await ActAsync(Clerk, path, "disclosure-supply-returns", Return()), 409, "nothing-supplied");
        Refused(await ActAsync(Clerk, path, "acceptance"), 409, "items-outstanding");
        Assert.That((string)Item(Expect(201, await ActAsync(Clerk, path, "disclosure-supplies", Supply("residence-proof", "Promise"))), "residence-proof")["status"]!, Is.EqualTo("Promised"));
        Assert.That((string)Item(Expect(201, await ActAsync(Clerk, path, "disclosure-supplies", Supply("residence-proof", "PaperSighted"))), "residence-proof")["status"]!, Is.EqualTo("Supplied"));
        var kinds = Items(Expect(200, await Clerk.GetAsync($"{path}/timeline?take=100"))).Select(entry => (string)entry!["kind"]!).ToList();
        Assert.That(kinds.Count(kind => kind == "ItemSupplied"), Is.EqualTo(3));
        Assert.That(kinds, Does.Contain("SupplyReturned"));
    }

    [Test]
    public async Task A_supervisor_can_do_without_an_item_and_a_clerk_cannot()
    {
        var path = await SubmittedAsync(AHousehold.OfOne());
        await SealedAsync(path);
        Assert.That((await ActAsync(Clerk, path, "disclosure-waivers", Waiver("residence-proof"))).Status, Is.EqualTo(403));

        var disclosure = Expect(201, await ActAsync(Supervisor, path, "disclosure-waivers", Waiver("residence-proof")));

        Assert.That((string)Item(disclosure, "residence-proof")["status"]!, Is.EqualTo("Waived"));
        Assert.That((bool)disclosure["isComplete"]!, Is.True);
        Refused(await ActAsync(Supervisor, path, "disclosure-waivers", Waiver("residence-proof")), 409, "not-required");
        Refused(await ActAsync(Supervisor, path, "disclosure-waivers", Waiver("application-form")), 409, "not-required");
        Expect(201, await ActAsync(Clerk, path, "acceptance"));
    }

    [Test]
    public async Task A_contested_answer_is_checked_again_at_once()
    {
        var household = AHousehold.OfOne();
        World.Departments.Record(household.IdentityNumber(0), LookupSource.Vehicles, new DepartmentFact { Kind = FactKind.VehiclesOwned, Count = 1 });
        var path = await SubmittedAsync(household);
        await SealedAsync(path);
        var key = (string)Item(await Clerk.GetAsync($"{path}/disclosure"), "vehicles")["itemKey"]!;
        World.Departments.Behave(LookupSource.Vehicles, DepartmentBehaviour.Silent);
        World.Clock.Forward(TimeSpan.FromMinutes(1));

        var contested = Item(Expect(201, await ActAsync(Clerk, path, "disclosure-contestations", Contest(key))), "vehicles");

        Assert.That((string)contested["status"]!, Is.EqualTo("Contested"));
        Refused(await ActAsync(Clerk, path, "disclosure-contestations", Contest(key)), 409, "nothing-to-contest", "57-18");
        Expect(201, await ActAsync(Clerk, path, "disclosure-supplies", Supply(key, "PaperSighted")));
        World.Departments.Behave(LookupSource.Vehicles, DepartmentBehaviour.Answers);
        World.Clock.Forward(TimeSpan.FromHours(2));
        await EventuallyAsync(async () => (string)Item(await Clerk.GetAsync($"{path}/disclosure"), "vehicles")["status"]! == "AnsweredByDepartment");
    }

    [Test]
    public async Task What_is_disputed_after_an_assessment_makes_it_outdated_before_anybody_has_answered_anew()
    {
        var path = await AssessedAsync(AHousehold.OfOne());
        World.Departments.Behave(LookupSource.Vehicles, DepartmentBehaviour.Down);
        var key = (string)Item(Expect(200, await Clerk.GetAsync($"{path}/disclosure")), "vehicles")["itemKey"]!;
        Expect(201, await ActAsync(Clerk, path, "disclosure-contestations", Contest(key)));

        Refused(await ActAsync(Reviewer, path, "preliminary-review", Opinion("ProposeGrant")), 409, "assessment-outdated", "57-19");
    }

    [Test]
    public async Task A_contested_answer_keeps_the_household_from_being_found_eligible_or_not()
    {
        var household = AHousehold.OfOne();
        var path = await AcceptedAsync(household);
        var key = (string)Item(await Clerk.GetAsync($"{path}/disclosure"), "vehicles")["itemKey"]!;
        World.Departments.Behave(LookupSource.Vehicles, DepartmentBehaviour.Down);
        World.Clock.Forward(TimeSpan.FromMinutes(1));
        Expect(201, await ActAsync(Clerk, path, "disclosure-contestations", Contest(key)));
        await SettledAsync(path, round: 2);

        Assert.That((string)Expect(201, await ActAsync(Reviewer, path, "assessment"))["outcome"]!, Is.EqualTo("NeedsReview"));
    }

    [Test]
    public async Task What_was_never_answered_cannot_be_contested()
    {
        var path = await SubmittedAsync(AHousehold.OfOne());
        await SealedAsync(path);

        Refused(await ActAsync(Clerk, path, "disclosure-contestations", Contest("residence-proof")), 409, "nothing-to-contest");
    }

    [Test]
    public async Task Asking_for_more_takes_a_supervisor_a_reason_and_a_second_list()
    {
        var path = await SubmittedAsync(AHousehold.OfOne());
        Refused(await ActAsync(Supervisor, path, "disclosure-overrides", Material()), 409, "disclosure-not-sealed");
        await SealedAsync(path);
        Assert.That((await ActAsync(Clerk, path, "disclosure-overrides", Material())).Status, Is.EqualTo(403));

        var disclosure = Expect(201, await ActAsync(Supervisor, path, "disclosure-overrides", Material()));

        var second = disclosure["versions"][1]!;
        Assert.Multiple(() =>
        {
            Assert.That(((int)second["version"]!, (int)second["itemsAsked"]!, (string)second["reasons"]!), Is.EqualTo((2, 1, "复核时发现需要。")));
            Assert.That((string)second["number"]!, Is.Not.EqualTo((string)disclosure["versions"][0]!["number"]!));
            Assert.That((string)Item(disclosure, "other-material")["name"]!, Is.EqualTo("工伤认定书"));
            Assert.That((string)Item(disclosure, "other-material")["cause"]!, Is.EqualTo("SupervisorOverride"));
        });
        Refused(await ActAsync(Clerk, path, "acceptance"), 409, "items-outstanding");
        Expect(201, await ActAsync(Clerk, path, "disclosure-supplies", Supply("other-material:1", "PaperSighted")));
        var page = Expect(200, await Clerk.GetAsync($"{path}/disclosure/page?version=2")).Text;
        Assert.That(page, Does.Contain("补充告知书（例外）").And.Contain("工伤认定书").And.Contain("复核时发现需要。").And.Not.Contain("居住情况"));
    }

    [Test]
    public async Task No_supervisor_can_ask_for_what_a_department_answers_or_what_is_on_file_or_asked_already()
    {
        var path = await SubmittedAsync(AHousehold.OfOne());
        var disclosure = await SealedAsync(path);

        Refused(await ActAsync(Supervisor, path, "disclosure-overrides", Listed((string)Item(disclosure, "tax-record")["itemKey"]!)), 422, "department-answers-this", "LAW-62");
        Refused(await ActAsync(Supervisor, path, "disclosure-overrides", Listed("application-form")), 422, "already-on-file", "57-10");
        Refused(await ActAsync(Supervisor, path, "disclosure-overrides", Listed("residence-proof")), 422, "already-asked", "57-10");
        Refused(await ActAsync(Supervisor, path, "disclosure-overrides", Listed("no-such-item")), 422, "not-on-the-sealed-list", "57-10");
        Refused(await ActAsync(Supervisor, path, "disclosure-overrides", new JsonObject { ["reasons"] = "x" }), 400, "invalid-request");
    }

    [Test]
    public async Task What_a_department_answered_when_told_is_not_asked_for_later_without_an_override()
    {
        var path = await SubmittedAsync(AHousehold.OfOne());
        await SealedAsync(path);
        World.Departments.Behave(LookupSource.Tax, DepartmentBehaviour.Malformed);
        // The answers expire, the next round brings nothing that can be believed: now it is needed, and was never told.
        World.Clock.Forward(TimeSpan.FromDays(400));
        Expect(201, await ActAsync(Reviewer, path, "verification"));
        await SettledAsync(path, round: 2);

        var disclosure = Expect(200, await Clerk.GetAsync($"{path}/disclosure"));
        var item = Item(disclosure, "tax-record");
        var key = (string)item["itemKey"]!;

        Assert.That(((string)item["status"]!, (bool)item["isAsked"]!), Is.EqualTo(("Required", false)));
        Assert.That(Items(disclosure, "differences").Select(difference => $"{difference!["itemKey"]} {difference["change"]}"), Does.Contain($"{key} NeededAndNotTold"));
        Refused(await ActAsync(Clerk, path, "disclosure-supplies", Supply(key, "PaperSighted")), 422, "not-on-the-sealed-list", "57-10");
        Expect(201, await ActAsync(Supervisor, path, "disclosure-overrides", Listed(key)));
        Expect(201, await ActAsync(Clerk, path, "disclosure-supplies", Supply(key, "PaperSighted")));
    }

    [Test]
    public async Task The_list_comes_in_large_print_and_as_plain_text()
    {
        var path = await SubmittedAsync(AHousehold.OfOne());
        Assert.That((await Clerk.GetAsync($"{path}/disclosure/text")).Status, Is.EqualTo(404), "nothing is told yet");
        await SealedAsync(path);

        var text = Expect(200, await Clerk.GetAsync($"{path}/disclosure/text")).Text;

        Assert.That(text, Does.Contain("居住情况").And.Contain("不需要您提供").And.Not.Contain("<"));
        Assert.That(Expect(200, await Clerk.GetAsync($"{path}/disclosure/page?largePrint=true")).Text, Does.Contain("class=\"large\""));
        Assert.That(Expect(200, await Clerk.GetAsync($"{path}/disclosure/page")).Text, Does.Not.Contain("class=\"large\""));
        Assert.That((await Clerk.GetAsync($"{path}/disclosure/page?version=2")).Status, Is.EqualTo(404));
    }

    [Test]
    public async Task One_form_for_several_programmes_has_one_list_and_one_application_each()
    {
        var household = AHousehold.OfOne();
        household.Form["programmes"] = new JsonArray("SubsistenceAllowance", "MedicalAssistance");
        var answer = Expect(201, await AnyWindow.PostAsync("/v1/applications", household.OnRecord(World).ToString()));
        var paths = Items(answer, "applications").Select(application => $"/v1/applications/{application!["applicationId"]}").ToList();
        var sealedList = await SealedAsync(paths[0]);

        Assert.Multiple(async () =>
        {
            Assert.That(paths, Has.Count.EqualTo(2));
            Assert.That((string)Expect(200, await Clerk.GetAsync($"{paths[1]}/disclosure"))["versions"][0]!["number"]!, Is.EqualTo((string)sealedList["versions"][0]!["number"]!));
            Assert.That(Item(sealedList, "residence-proof")["programmes"]!.AsArray().Count, Is.EqualTo(2));
            Assert.That(Item(sealedList, "tax-record")["programmes"]!.AsArray().Count, Is.EqualTo(1));
        });
        Refused(await ActAsync(Clerk, paths[1], "disclosure"), 409, "disclosure-already-sealed");
        Expect(201, await ActAsync(Clerk, paths[1], "disclosure-supplies", Supply("residence-proof", "PaperSighted")));
        foreach (var path in paths)
        {
            Expect(201, await ActAsync(Clerk, path, "acceptance"));
        }

        Refused(await ActAsync(Reviewer, paths[1], "assessment"), 409, "no-rules-for-programme");
        Expect(201, await ActAsync(Reviewer, paths[0], "assessment"));
    }

    [Test]
    public async Task An_act_on_the_shared_list_makes_what_was_read_of_the_sister_application_stale()
    {
        var household = AHousehold.OfOne();
        household.Form["programmes"] = new JsonArray("SubsistenceAllowance", "MedicalAssistance");
        var answer = Expect(201, await AnyWindow.PostAsync("/v1/applications", household.OnRecord(World).ToString()));
        var paths = Items(answer, "applications").Select(application => $"/v1/applications/{application!["applicationId"]}").ToList();
        await SettledAsync(paths[0]);
        var before = await TagAsync(paths[1]);
        await SealedAsync(paths[0]);

        Assert.That((await Clerk.PostAsync($"{paths[1]}/disclosure-supplies", Supply("residence-proof", "PaperSighted").ToJsonString(), before)).Status, Is.EqualTo(412));
    }

    [Test]
    public async Task What_was_shown_once_is_on_file_for_the_next_application()
    {
        var household = AHousehold.OfOne().Declaring(0, "Wages", 75_000);
        var path = await ReportedToDistrictAsync(await PostedAsync(household, "ProposeRefusal"));
        Expect(201, await ActAsync(Confirmer, path, "confirmation", Decision("Refuse")));

        var next = await SubmittedAsync(household);
        var item = Item(await SealedAsync(next), "residence-proof");

        Assert.That(((string)item["status"]!, (bool)item["isAsked"]!), Is.EqualTo(("OnFile", false)));
        Refused(await ActAsync(Clerk, next, "disclosure-supplies", Supply("residence-proof", "PaperSighted")), 422, "already-on-file", "57-10");
        Refused(await ActAsync(Supervisor, next, "disclosure-overrides", Listed("residence-proof")), 422, "already-on-file", "57-10");
        Expect(201, await ActAsync(Clerk, next, "acceptance"));
    }

    [Test]
    public async Task A_proof_of_one_address_says_nothing_about_another()
    {
        var household = AHousehold.OfOne().Declaring(0, "Wages", 75_000);
        var path = await ReportedToDistrictAsync(await PostedAsync(household, "ProposeRefusal"));
        Expect(201, await ActAsync(Confirmer, path, "confirmation", Decision("Refuse")));
        household.Form["habitualResidence"]!["address"] = "样例路99号";

        Assert.That((string)Item(await SealedAsync(await SubmittedAsync(household)), "residence-proof")["status"]!, Is.EqualTo("Required"));
    }

    [Test]
    public async Task A_birth_during_the_procedure_is_derived_anew_and_what_was_shown_with_it_is_not_asked_for()
    {
        var path = await SubmittedAsync(AHousehold.OfOne());
        await SealedAsync(path);
        Refused(await ActAsync(AnyWindow, path, "circumstance-changes", Birth()), 403, "not-the-accepting-office");
        var photograph = Birth();
        photograph["newMember"]!["evidence"] = "Upload";
        Refused(await ActAsync(Clerk, path, "circumstance-changes", photograph), 400, "invalid-request");

        Expect(201, await ActAsync(Clerk, path, "circumstance-changes", Birth()));

        await SettledAsync(path, round: 2);
        var disclosure = Expect(200, await Clerk.GetAsync($"{path}/disclosure"));
        var item = Item(disclosure, "birth-certificate");
        Assert.That(((string)item["status"]!, (bool)item["isAsked"]!), Is.EqualTo(("Promised", false)));
        Assert.That(Items(disclosure, "differences"), Is.Empty);
        Expect(201, await ActAsync(Clerk, path, "disclosure-supplies", Supply((string)item["itemKey"]!, "PaperSighted")));
    }

    [Test]
    public async Task The_window_that_took_the_form_takes_papers_and_makes_no_exceptions()
    {
        var path = await SubmittedAsync(AHousehold.OfOne());
        await SettledAsync(path);
        var supervisor = As(Roles.Supervisor, Window);
        Refused(await ActAsync(AnyWindow, path, "disclosure"), 403, "not-the-accepting-office");
        await SealedAsync(path);

        Refused(await ActAsync(supervisor, path, "disclosure-overrides", Material()), 403, "not-the-accepting-office");
        Refused(await ActAsync(supervisor, path, "disclosure-waivers", Waiver("residence-proof")), 403, "not-the-accepting-office");
        Expect(201, await ActAsync(AnyWindow, path, "disclosure-supplies", Supply("residence-proof", "PaperSighted")));
        Refused(await ActAsync(AnyWindow, path, "disclosure-supply-returns", Return()), 403, "not-the-accepting-office");
    }

    [Test]
    public async Task What_was_shown_with_the_form_can_be_sent_back_and_replaced()
    {
        var household = AHousehold.OfOne();
        household.Form["habitualResidence"]!["proof"] = "Lease";
        var path = await SubmittedAsync(household);
        await SealedAsync(path);

        Expect(201, await ActAsync(Clerk, path, "disclosure-supply-returns", Return()));

        Expect(201, await ActAsync(Clerk, path, "disclosure-supplies", Supply("residence-proof", "PaperSighted")));
    }

    [Test]
    public async Task What_another_programme_of_the_form_has_gone_on_from_is_not_sent_back_by_way_of_this_one()
    {
        var household = AHousehold.OfOne();
        household.Form["programmes"] = new JsonArray("SubsistenceAllowance", "MedicalAssistance");
        var answer = Expect(201, await AnyWindow.PostAsync("/v1/applications", household.OnRecord(World).ToString()));
        var paths = Items(answer, "applications").Select(application => $"/v1/applications/{application!["applicationId"]}").ToList();
        await SealedAsync(paths[0]);
        Expect(201, await ActAsync(Clerk, paths[0], "disclosure-supplies", Supply("residence-proof", "PaperSighted")));
        Expect(201, await ActAsync(Clerk, paths[0], "acceptance"));
        Expect(201, await ActAsync(Reviewer, paths[0], "assessment"));
        Expect(201, await ActAsync(Reviewer, paths[0], "preliminary-review", Opinion("ProposeGrant")));

        Refused(await ActAsync(Clerk, paths[1], "disclosure-supply-returns", Return()), 409, "wrong-state");
    }

    [Test]
    public async Task An_expired_paper_that_was_never_asked_for_is_asked_for_by_an_override()
    {
        var household = AHousehold.OfOne();
        household.Form["habitualResidence"]!["proof"] = "Lease";
        household.Form["members"]![0]!["properties"] = new JsonArray(new JsonObject { ["kind"] = "Deposit", ["valueFen"] = 100 });
        var path = await SubmittedAsync(household);
        await SealedAsync(path);
        World.Clock.Forward(TimeSpan.FromDays(400));

        var overridden = Expect(201, await ActAsync(Supervisor, path, "disclosure-overrides", Listed("residence-proof")));

        Assert.That(((int)overridden["versions"][1]!["itemsAsked"]!, (bool)Item(overridden, "residence-proof")["isAsked"]!), Is.EqualTo((1, true)));
        Expect(201, await ActAsync(Clerk, path, "disclosure-supplies", Supply("residence-proof", "PaperSighted")));
    }

    [Test]
    public async Task A_material_by_the_name_of_a_listed_kind_is_no_other_material()
    {
        var path = await SubmittedAsync(AHousehold.OfOne());
        await SealedAsync(path);
        var disguised = Material();
        disguised["otherMaterials"]![0]!["name"] = "户口簿";

        Refused(await ActAsync(Supervisor, path, "disclosure-overrides", disguised), 400, "invalid-request");
    }

    // 57 art. 7, second paragraph (2): who is in prison does not count, is not looked up, and nothing is asked about them.
    [Test]
    public async Task Nothing_is_asked_or_looked_up_about_a_member_who_does_not_count()
    {
        var household = AHousehold.OfTwo();
        household.Member(1)["livesWithHousehold"] = false;
        household.Member(1)["absence"] = new JsonObject { ["kind"] = "Imprisonment", ["sinceOn"] = "2025-01-01" };
        var path = await SubmittedAsync(household);

        var disclosure = await SealedAsync(path);

        var husband = await PersonAsync(path, 1);
        Assert.That(Items(disclosure).Select(item => (string?)item!["personId"]), Has.None.EqualTo(husband));
        Assert.That(World.Departments.Queries.Select(query => query.IdentityNumber), Has.None.EqualTo(household.IdentityNumber(1)));
    }

    // Act art. 62 and 70(6): what no programme applied for needs is not asked of a department either.
    [Test]
    public async Task Departments_are_asked_only_what_the_programmes_need()
    {
        var household = AHousehold.OfOne();
        household.Form["programmes"] = new JsonArray("MedicalAssistance");
        var path = await SubmittedAsync(household);

        Assert.That(
            (await SettledAsync(path)).Select(lookup => (string)lookup!["source"]!), Is.EquivalentTo(new[] { "HouseholdRegistration", "Death" }));
    }

    // 57 art. 10 over a case's life: whatever happens, what is asked for is what the sealed list and the overrides say.
    [Test]
    public async Task Everything_ever_asked_for_is_on_the_sealed_list_or_on_a_recorded_override([Range(1, 4)] int seed)
    {
        var random = new Random(seed);
        World.Departments.Behave((LookupSource)random.Next(6), DepartmentBehaviour.Down);
        var path = await SubmittedAsync(AHousehold.OfThree().Owning(0, "Deposit", 100_000));
        var sealedKeys = Items(await SealedAsync(path)).Where(item => (string)item!["status"]! == "Required").Select(item => (string)item!["itemKey"]!).ToList();
        var overridden = new List<string>();
        for (var step = 0; step < 16; step++)
        {
            var disclosure = Expect(200, await Clerk.GetAsync($"{path}/disclosure"));
            var item = Items(disclosure)[random.Next(Items(disclosure).Count)]!;
            var key = (string)item["itemKey"]!;
            var (act, officer, body) = random.Next(8) switch
            {
                6 => ("disclosure-supply-returns", Clerk, new JsonObject { ["itemKey"] = key, ["reason"] = "Incomplete", ["remark"] = "缺页" }),
                7 => ("circumstance-changes", Clerk, Birth()),
                0 => ("disclosure-contestations", Clerk, Contest(key)),
                1 => ("disclosure-overrides", Supervisor, Listed(key)),
                2 => ("disclosure-overrides", Supervisor, Material()),
                3 => ("disclosure-waivers", Supervisor, Waiver(key)),
                _ => ("disclosure-supplies", Clerk, Supply(key, "PaperSighted")),
            };
            var isDone = (await ActAsync(officer, path, act, body)).Status == 201;
            if (isDone && act == "disclosure-overrides")
            {
                overridden.Add(body.ContainsKey("itemKeys") ? key : $"other-material:{overridden.Count(added => added.StartsWith("other-material", StringComparison.Ordinal)) + 1}");
            }

            Assert.That(
                !isDone || act != "disclosure-supplies" || (bool)item["isAsked"]! || (string)item["status"]! is "Contested" or "Promised",
                $"{key} was taken without being asked for or given before");
        }

        var told = Expect(200, await Clerk.GetAsync($"{path}/disclosure"));
        Assert.That(
            Items(told).Where(item => (bool)item!["isAsked"]!).Select(item => (string)item!["itemKey"]!),
            Is.EquivalentTo(sealedKeys.Concat(overridden)), "asked is what the list and the granted overrides named, and nothing else");
        Assert.That(Items(told, "versions").Skip(1).Select(version => (string?)version!["reasons"]), Is.All.Not.Null);
    }

    private static JsonNode Item(ApiAnswer disclosure, string code) => Items(disclosure).First(item => (string)item!["itemCode"]! == code)!;

    private static JsonObject Supply(string key, string way) => new() { ["itemKey"] = key, ["way"] = way };

    private static JsonObject Contest(string key) => new() { ["itemKey"] = key, ["statement"] = "该车已报废。" };

    private static JsonObject Waiver(string key) => new() { ["itemKey"] = key, ["reasons"] = "社区已当面说明。" };

    private static JsonObject Return() => new() { ["itemKey"] = "residence-proof", ["reason"] = "Illegible", ["remark"] = "第二页看不清。" };

    private static JsonObject Listed(string key) => new() { ["itemKeys"] = new JsonArray(key), ["reasons"] = "复核时发现需要。" };

    private static JsonObject Material() => new()
    {
        ["otherMaterials"] = new JsonArray(new JsonObject { ["name"] = "工伤认定书", ["why"] = "核实赔偿收入" }),
        ["reasons"] = "复核时发现需要。",
    };

    private JsonObject Birth() => new()
    {
        ["kind"] = "MemberBorn",
        ["changedOn"] = Today,
        ["newMember"] = new JsonObject { ["name"] = "样例新", ["relationship"] = "Child", ["evidence"] = "Promise" },
    };

    private JsonObject Acknowledgement(string personId, int version = 1) =>
        new() { ["version"] = version, ["way"] = "ReadOut", ["acknowledgedOn"] = Today, ["personId"] = personId };

    private static async Task EventuallyAsync(Func<Task<bool>> holds)
    {
        for (var attempt = 0; attempt < 100; attempt++)
        {
            if (await holds())
            {
                return;
            }

            await Task.Delay(50);
        }

        Assert.Fail("It did not come to hold.");
    }
}
