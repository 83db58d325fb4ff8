using System.Text.Json.Nodes;
using Assistance.Api.Security;
using Assistance.Sandbox;

namespace Assistance.Api.Tests.Intake;

public sealed class AgentMandateTests(Engine engine) : ApiTests(engine)
{
    private static readonly string[] Everything = ["Apply", "SupplyMaterials", "ReceiveNotices", "Contest"];

    private static readonly TestCaseData[] BentAgents =
    [
        Bent("a community without its code", "$.agent.communityCode", "missing", _ => { }, kind: "Community"),
        Bent("a street for a community", "$.agent.communityCode", "not-a-community", agent => agent["communityCode"] = Street, kind: "Community"),
        Bent("an unknown community", "$.agent.communityCode", "unknown-division", agent => agent["communityCode"] = "140213054999", kind: "Community"),
        Bent("a person without a number", "$.agent.identityNumber", "missing", agent => agent.Remove("identityNumber")),
        Bent("a person with a community", "$.agent.communityCode", "not-for-this-agent", agent => agent["communityCode"] = AHousehold.Residence),
        Bent("an agent who is a minor", "$.agent.identityNumber", "agent-is-a-minor", agent => agent["identityNumber"] = AHousehold.IdentityNumberOf(2012, 990)),
        Bent("a mandate for nothing", "$.agent.scope", "scope", agent => agent["scope"] = new JsonArray()),
        Bent("the same thing twice", "$.agent.scope", "scope", agent => agent["scope"] = new JsonArray("Apply", "Apply")),
        Bent("a mandate that ends before it begins", "$.agent.endsOn", "before-signed", agent => agent["endsOn"] = "2026-09-20"),
        Bent("a mandate signed in the future", "$.agent.signedOn", "in-the-future", agent => agent["signedOn"] = "2099-01-01"),
        Bent("a mandate granted by nobody", "$.agent.grantedByMember", "missing", agent => agent.Remove("grantedByMember")),
        Bent("a mandate granted by somebody else", "$.agent.grantedByMember", "no-such-member", agent => agent["grantedByMember"] = 9),
        Bent("a mandate granted by a child", "$.agent.grantedByMember", "grantor-needs-guardian", agent => agent["grantedByMember"] = 3),
        Bent("a guardian whom somebody granted", "$.agent.grantedByMember", "not-for-this-agent", _ => { }, kind: "Guardian"),
        Bent("a guardian of an adult", "$.agent.kind", "no-guardian-needed", agent => agent.Remove("grantedByMember"), kind: "Guardian"),
    ];

    [TestCaseSource(nameof(BentAgents))]
    public async Task Is_named_by_its_path_with_400(string kind, string path, string code, Action<JsonObject> bend)
    {
        var agent = FormAgent(kind);
        if (kind == "Community")
        {
            agent.Remove("communityCode");
        }

        bend(agent);

        var answer = await AnyWindow.PostAsync("/v1/applications", AHousehold.OfThree().Through(agent).ToString());

        Faulty(answer, path, code);
    }

    [Test]
    public async Task A_member_needs_no_mandate_to_apply()
    {
        var household = AHousehold.OfTwo();
        var agent = FormAgent("Person");
        agent["identityNumber"] = household.IdentityNumber(1);

        Faulty(await AnyWindow.PostAsync("/v1/applications", household.Through(agent).ToString()), "$.agent.identityNumber", "agent-is-a-member");
    }

    [TestCase("Community", "社区")]
    [TestCase("Person", "受托人")]
    public async Task A_form_handed_in_by_an_agent_is_taken_and_the_timeline_says_so(string kind, string word)
    {
        var path = await SubmittedAsync(AHousehold.OfOne().Through(FormAgent(kind)));

        var submitted = Items(Expect(200, await Clerk.GetAsync($"{path}/timeline")))[0]!;
        var mandate = Items(Expect(200, await Clerk.GetAsync($"{path}/agent-mandates")))[0]!;

        Assert.Multiple(() =>
        {
            Assert.That((string)submitted["kind"]!, Is.EqualTo("ApplicationSubmitted"));
            Assert.That((string)submitted["sentence"]!, Does.Contain($"由{word}代办"));
            Assert.That((string)mandate["kind"]!, Is.EqualTo(kind));
            Assert.That((string?)mandate["grantedByPersonId"], Is.Not.Null);
        });
    }

    [Test]
    public async Task A_form_handed_in_by_the_household_names_no_agent()
    {
        var path = await SubmittedAsync(AHousehold.OfOne());

        Assert.Multiple(async () =>
        {
            Assert.That((string)Items(Expect(200, await Clerk.GetAsync($"{path}/timeline")))[0]!["sentence"]!, Does.Not.Contain("代办"));
            Assert.That(Items(Expect(200, await Clerk.GetAsync($"{path}/agent-mandates"))), Is.Empty);
        });
    }

    [Test]
    public async Task A_form_is_not_taken_on_a_mandate_that_does_not_cover_applying()
    {
        var agent = FormAgent("Person");
        agent["scope"] = new JsonArray("SupplyMaterials");

        Refused(await AnyWindow.PostAsync("/v1/applications", AHousehold.OfOne().Through(agent).ToString()), 422, "mandate-does-not-cover", "57-6");
    }

    [Test]
    public async Task A_form_is_not_taken_on_a_mandate_that_has_ended()
    {
        World.Clock.Forward(TimeSpan.FromDays(2));
        var agent = FormAgent("Person");
        agent["endsOn"] = "2026-09-22";

        Refused(await AnyWindow.PostAsync("/v1/applications", AHousehold.OfOne().Through(agent).ToString()), 422, "mandate-does-not-cover", "57-6");
    }

    [Test]
    public async Task A_minor_applicant_without_a_guardian_is_told_what_to_add()
    {
        var without = await AnyWindow.PostAsync("/v1/applications", AHousehold.OfAMinor().ToString());
        var withAnother = await AnyWindow.PostAsync("/v1/applications", AHousehold.OfAMinor().Through(FormAgent("Person")).ToString());

        Faulty(without, "$.agent", "guardian-needed");
        Faulty(withAnother, "$.agent", "guardian-needed");
        Assert.That(without.Text, Does.Contain("Guardian").And.Contain("监护人"));
    }

    [Test]
    public async Task A_guardian_applies_for_a_minor_and_signs_for_them()
    {
        var path = await SubmittedAsync(AHousehold.OfAMinor().Through(Guardian()));

        var lookups = await SettledAsync(path);
        var timeline = Expect(200, await Clerk.GetAsync($"{path}/timeline"));
        var mandate = Items(Expect(200, await Clerk.GetAsync($"{path}/agent-mandates")))[0]!;
        var ward = await PersonAsync(path);
        var signer = await Service.Database.ReadAsync(session => session.ListAsync<Guid>(
            "SELECT c.SignerPersonId FROM VerificationConsent c JOIN AgentMandate m ON m.AgentPersonId = c.SignerPersonId WHERE c.PersonId = @PersonId",
            new { PersonId = Guid.Parse(ward) }), CancellationToken.None);
        Assert.Multiple(() =>
        {
            Assert.That(lookups, Is.Not.Empty);
            Assert.That((string)Items(timeline)[0]!["sentence"]!, Does.Contain("由监护人代办"));
            Assert.That((string)mandate["wardPersonId"]!, Is.EqualTo(ward));
            Assert.That((string?)mandate["grantedByPersonId"], Is.Null);
            Assert.That(signer, Has.Count.EqualTo(1));
        });
    }

    [Test]
    public async Task Nobody_but_the_guardian_of_the_form_signs_as_the_guardian()
    {
        var ofAnAdult = AHousehold.OfAMinor().With("Sibling", 1990).Through(Guardian());
        ofAnAdult.Member(1)["consent"] = new JsonObject { ["signedOn"] = "2026-09-21", ["isSignedByGuardian"] = true };
        var withoutOne = AHousehold.OfThree();
        withoutOne.Member(2)["consent"] = new JsonObject { ["signedOn"] = "2026-09-21", ["isSignedByGuardian"] = true };
        var twice = AHousehold.OfAMinor().Through(Guardian());
        twice.Member(0)["consent"]!["signedByMember"] = 1;

        Faulty(await AnyWindow.PostAsync("/v1/applications", ofAnAdult.ToString()), "$.members[1].consent.isSignedByGuardian", "not-a-guardian");
        Faulty(await AnyWindow.PostAsync("/v1/applications", withoutOne.ToString()), "$.members[2].consent.isSignedByGuardian", "not-a-guardian");
        Faulty(await AnyWindow.PostAsync("/v1/applications", twice.ToString()), "$.members[0].consent.signedByMember", "one-signer");
    }

    [Test]
    public async Task What_an_agent_does_is_marked_as_theirs()
    {
        var path = await SubmittedAsync(AHousehold.OfOne());
        var items = Items(await SealedAsync(path));
        var mandate = await RecordedAsync(path);
        var answered = items.First(item => (string)item!["status"]! == "AnsweredByDepartment")!;

        Expect(201, await ActAsync(Clerk, path, "disclosure-supplies", Supply(items, mandate)));
        Expect(201, await ActAsync(Clerk, path, "disclosure-acknowledgements", await AcknowledgementAsync(path, mandate)));
        Expect(201, await ActAsync(Clerk, path, "disclosure-contestations", Contestation(answered, mandate)));

        var timeline = Items(Expect(200, await Clerk.GetAsync($"{path}/timeline?take=100")));
        Assert.That(
            timeline.Where(entry => ((string)entry!["sentence"]!).Contains("由受托人代办")).Select(entry => (string)entry!["kind"]!),
            Is.EqualTo(new[] { "AgentMandateRecorded", "ItemSupplied", "DisclosureAcknowledged", "ItemContested" }));
    }

    [Test]
    public async Task An_act_that_the_mandate_does_not_name_is_refused()
    {
        var path = await SubmittedAsync(AHousehold.OfOne());
        var items = Items(await SealedAsync(path));
        var answered = items.First(item => (string)item!["status"]! == "AnsweredByDepartment")!;

        Refused(
            await ActAsync(Clerk, path, "disclosure-supplies", Supply(items, await RecordedAsync(path, "ReceiveNotices", "Contest"))),
            422, "mandate-does-not-cover", "57-6");
        Refused(
            await ActAsync(Clerk, path, "disclosure-acknowledgements", await AcknowledgementAsync(path, await RecordedAsync(path, "SupplyMaterials", "Contest"))),
            422, "mandate-does-not-cover", "57-6");
        Refused(
            await ActAsync(Clerk, path, "disclosure-contestations", Contestation(answered, await RecordedAsync(path, "SupplyMaterials", "ReceiveNotices"))),
            422, "mandate-does-not-cover", "57-6");
    }

    [Test]
    public async Task An_ended_mandate_covers_nothing()
    {
        var path = await SubmittedAsync(AHousehold.OfOne());
        var items = Items(await SealedAsync(path));
        var request = Mandate(await PersonAsync(path), Everything);
        request["endsOn"] = Today;
        var mandate = (string)Expect(201, await Clerk.PostAsync($"{path}/agent-mandates", request.ToJsonString()))["mandateId"]!;
        World.Clock.Forward(TimeSpan.FromDays(1));

        var answer = await ActAsync(Clerk, path, "disclosure-supplies", Supply(items, mandate));

        Refused(answer, 422, "mandate-does-not-cover", "57-6");
        Assert.That((string)answer["detail"]!, Does.Contain("委托期限已过"));
    }

    [Test]
    public async Task A_revoked_mandate_covers_nothing_and_is_revoked_once()
    {
        var path = await SubmittedAsync(AHousehold.OfOne());
        var items = Items(await SealedAsync(path));
        var mandate = await RecordedAsync(path);
        var revocation = $"/v1/agent-mandates/{mandate}/revocation";

        Refused(await Clerk.PostAsync(revocation), 428, "precondition-required");
        Refused(await Clerk.PostAsync(revocation, tag: "\"7\""), 412, "precondition-failed");
        Refused(await As(Roles.Clerk, "140213050").PostAsync(revocation, tag: "\"1\""), 404, "not-found");
        var revoked = Expect(201, await Clerk.PostAsync(revocation, tag: "\"1\""));

        Assert.That(revoked.Tag, Is.EqualTo("\"2\""));
        Refused(await ActAsync(Clerk, path, "disclosure-supplies", Supply(items, mandate)), 422, "mandate-does-not-cover", "57-6");
        Refused(await Clerk.PostAsync(revocation, tag: "\"2\""), 409, "mandate-already-revoked", "57-6");
        Assert.That(Items(Expect(200, await Clerk.GetAsync($"{path}/agent-mandates")))[0]!["revokedAt"], Is.Not.Null);
    }

    [Test]
    public async Task A_mandate_of_another_case_is_none()
    {
        var other = await RecordedAsync(await SubmittedAsync(AHousehold.OfOne()));
        var path = await SubmittedAsync(AHousehold.OfOne());
        var items = Items(await SealedAsync(path));

        Faulty(await ActAsync(Clerk, path, "disclosure-supplies", Supply(items, other)), "$.mandateId", "no-such-mandate");
    }

    [Test]
    public async Task A_child_and_a_stranger_grant_none_and_a_guardian_of_the_case_does()
    {
        var path = await SubmittedAsync(AHousehold.OfAMinor().Through(Guardian()));
        var guardian = await Service.Database.ReadAsync(session => session.FirstOrDefaultAsync<Guid>(
            "SELECT AgentPersonId FROM AgentMandate WHERE WardPersonId = @WardPersonId", new { WardPersonId = Guid.Parse(PersonAsync(path).Result) }), CancellationToken.None);

        Refused(await RecordAsync(path, Mandate(await PersonAsync(path), Everything)), 422, "mandate-not-theirs-to-grant", "57-6");
        Refused(await RecordAsync(path, Mandate(Guid.NewGuid().ToString(), Everything)), 422, "mandate-not-theirs-to-grant", "57-6");
        Expect(201, await RecordAsync(path, Mandate(guardian.ToString(), Everything)));

        var mandates = Items(Expect(200, await Clerk.GetAsync($"{path}/agent-mandates")));
        Expect(201, await Clerk.PostAsync($"/v1/agent-mandates/{mandates[0]!["mandateId"]}/revocation", tag: "\"1\""));
        Refused(await RecordAsync(path, Mandate(guardian.ToString(), Everything)), 422, "mandate-not-theirs-to-grant", "57-6");
    }

    [Test]
    public async Task A_guardian_is_recorded_for_a_child_and_for_nobody_else()
    {
        var path = await SubmittedAsync(AHousehold.OfThree());
        JsonObject For(string ward)
        {
            var request = Mandate("", Everything);
            request["kind"] = "Guardian";
            request.Remove("grantedByPersonId");
            request["wardPersonId"] = ward;
            return request;
        }

        Refused(await RecordAsync(path, For(await PersonAsync(path))), 422, "guardian-not-needed", "57-6");
        Refused(await RecordAsync(path, For(Guid.NewGuid().ToString())), 422, "member-not-in-household");
        Expect(201, await RecordAsync(path, For(await PersonAsync(path, 2))));
    }

    [Test]
    public async Task Who_granted_it_is_asked_for_by_kind_of_agent()
    {
        var path = await SubmittedAsync(AHousehold.OfThree());
        var nobody = Mandate("", Everything);
        nobody.Remove("grantedByPersonId");
        var ward = Mandate(await PersonAsync(path), Everything);
        ward["wardPersonId"] = await PersonAsync(path, 2);
        var member = Mandate(await PersonAsync(path), Everything);
        var household = AHousehold.OfTwo();
        member["identityNumber"] = household.IdentityNumber(1);

        Faulty(await RecordAsync(path, nobody), "$.grantedByPersonId", "missing");
        Faulty(await RecordAsync(path, ward), "$.wardPersonId", "not-for-this-agent");
        var own = await SubmittedAsync(household);
        member["grantedByPersonId"] = await PersonAsync(own);
        Faulty(await RecordAsync(own, member), "$.identityNumber", "agent-is-a-member");
    }

    [Test]
    public async Task The_list_shows_the_agent_masked_pages_by_key_and_is_recorded()
    {
        var path = await SubmittedAsync(AHousehold.OfOne());
        var agent = AHousehold.OfOne();
        var request = Mandate(await PersonAsync(path), Everything);
        request["identityNumber"] = agent.IdentityNumber(0);
        Expect(201, await RecordAsync(path, request));
        await RecordedAsync(path);
        var auditor = As(Roles.Auditor, District, subject: "auditor-of-mandates");

        var first = Expect(200, await auditor.GetAsync($"{path}/agent-mandates?take=1"));
        var second = Expect(200, await auditor.GetAsync($"{path}/agent-mandates?take=1&after={first["next"]}"));

        var purposes = await Service.Database.ReadAsync(session => session.ListAsync<string>(
            "SELECT AccessPurpose FROM AccessRecord WHERE ActorId = @ActorId", new { ActorId = "auditor-of-mandates" }), CancellationToken.None);
        Assert.Multiple(() =>
        {
            Assert.That((string)Items(first)[0]!["name"]!, Is.EqualTo("样例受托人"));
            Assert.That((string)Items(first)[0]!["maskedIdentityNumber"]!, Does.Contain("*"));
            Assert.That(first.Text, Does.Not.Contain(agent.IdentityNumber(0)));
            Assert.That(Items(second), Has.Count.EqualTo(1));
            Assert.That((string?)second.Json!["next"], Is.Null);
            Assert.That(purposes, Is.EqualTo(new[] { "ListAgentMandates", "ListAgentMandates" }));
        });
    }

    [Test]
    public async Task Another_office_neither_sees_nor_records_any()
    {
        var path = await SubmittedAsync(AHousehold.OfOne());
        var stranger = As(Roles.Clerk, "140213050");

        Refused(await stranger.GetAsync($"{path}/agent-mandates"), 404, "not-found");
        Refused(await stranger.PostAsync($"{path}/agent-mandates", Mandate(await PersonAsync(path), Everything).ToJsonString()), 404, "not-found");
    }

    [Test]
    public async Task Nothing_of_the_agent_reaches_the_log_or_an_event()
    {
        var agent = FormAgent("Person");
        agent["name"] = "样例秘密代办";
        var path = await SubmittedAsync(AHousehold.OfOne().Through(agent));
        Expect(200, await Clerk.GetAsync($"{path}/agent-mandates"));

        var timeline = Expect(200, await Clerk.GetAsync($"{path}/timeline?take=100"));
        var log = string.Join('\n', Service.Log.Lines);

        Assert.Multiple(() =>
        {
            Assert.That(timeline.Text, Does.Not.Contain("样例秘密代办").And.Not.Contain((string)agent["identityNumber"]!));
            Assert.That(log, Does.Not.Contain("样例秘密代办").And.Not.Contain((string)agent["identityNumber"]!));
        });
    }

    private static TestCaseData Bent(string name, string path, string code, Action<JsonObject> bend, string kind = "Person") =>
        new TestCaseData(kind, path, code, bend).SetArgDisplayNames(name);

    private static JsonObject FormAgent(string kind)
    {
        var agent = new JsonObject
        {
            ["kind"] = kind,
            ["scope"] = new JsonArray([.. Everything.Select(scope => JsonValue.Create(scope))]),
            ["signedOn"] = "2026-09-21",
            ["grantedByMember"] = 1,
        };
        if (kind == "Community")
        {
            agent["communityCode"] = AHousehold.Residence;
            return agent;
        }

        agent["name"] = "样例受托人";
        agent["identityNumber"] = AHousehold.OfOne().IdentityNumber(0);
        return agent;
    }

    private static JsonObject Guardian()
    {
        var guardian = FormAgent("Guardian");
        guardian.Remove("grantedByMember");
        return guardian;
    }

    private static JsonObject Mandate(string grantedBy, string[] scope) => new()
    {
        ["kind"] = "Person",
        ["name"] = "样例受托人",
        ["identityNumber"] = AHousehold.OfOne().IdentityNumber(0),
        ["scope"] = new JsonArray([.. scope.Select(one => JsonValue.Create(one))]),
        ["signedOn"] = "2026-09-21",
        ["grantedByPersonId"] = grantedBy,
    };

    private Task<ApiAnswer> RecordAsync(string application, JsonObject mandate) =>
        Clerk.PostAsync($"{application}/agent-mandates", mandate.ToJsonString());

    private async Task<string> RecordedAsync(string application, params string[] scope) =>
        (string)Expect(201, await RecordAsync(application, Mandate(await PersonAsync(application), scope.Length == 0 ? Everything : scope)))["mandateId"]!;

    private static JsonObject Supply(JsonArray items, string mandate)
    {
        var item = items.First(item => (string)item!["status"]! == "Required")!;
        return new JsonObject { ["itemKey"] = (string)item["itemKey"]!, ["way"] = (string)item["ways"]![0]!, ["mandateId"] = mandate };
    }

    private async Task<JsonObject> AcknowledgementAsync(string application, string mandate) => new()
    {
        ["version"] = 1,
        ["way"] = "Signature",
        ["acknowledgedOn"] = Today,
        ["personId"] = await PersonAsync(application),
        ["mandateId"] = mandate,
    };

    private static JsonObject Contestation(JsonNode answered, string mandate) => new()
    {
        ["itemKey"] = (string)answered["itemKey"]!,
        ["statement"] = "与事实不符。",
        ["mandateId"] = mandate,
    };

    private static void Faulty(ApiAnswer answer, string path, string code)
    {
        Refused(answer, 400, "invalid-request");
        Assert.That(Items(answer, "errors").Select(fault => ((string)fault!["path"]!, (string)fault["code"]!)), Does.Contain((path, code)), answer.Text);
    }
}
