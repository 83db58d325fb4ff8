using System.Text.Json.Nodes;

namespace Assistance.Api.Tests.Intake;

public sealed class BadInputTests(Engine engine) : ApiTests(engine)
{
    private static readonly TestCaseData[] Bent =
    [
        Case("an identity number with a wrong check character", "$.members[0].identityNumber", "identity-number-checksum", form => Member(form)["identityNumber"] = "140213197001010010"),
        Case("an identity number with an impossible date", "$.members[0].identityNumber", "identity-number-birth-date", form => Member(form)["identityNumber"] = "140213201002290019"),
        Case("an identity number of 17 characters", "$.members[0].identityNumber", "identity-number-shape", form => Member(form)["identityNumber"] = "14021319700101001"),
        Case("an unknown division code", "$.habitualResidence.divisionCode", "unknown-division", form => form["habitualResidence"]!["divisionCode"] = "140213999"),
        Case("a residence that names no community", "$.habitualResidence.divisionCode", "division-too-coarse", form => form["habitualResidence"]!["divisionCode"] = "140213054"),
        Case("a negative amount", "$.members[0].incomes[0].monthlyFen", "negative", form => Member(form)["incomes"] = new JsonArray(new JsonObject { ["kind"] = "Wages", ["monthlyFen"] = -1 })),
        Case("a negative value of property", "$.members[0].properties[0].valueFen", "negative", form => Member(form)["properties"] = new JsonArray(new JsonObject { ["kind"] = "Deposit", ["valueFen"] = -1 })),
        Case("a pledge signed in the future", "$.integrityPledge.signedOn", "in-the-future", form => form["integrityPledge"]!["signedOn"] = "2099-01-01"),
        Case("a consent signed in the future", "$.members[0].consent.signedOn", "in-the-future", form => Member(form)["consent"]!["signedOn"] = "2099-01-01"),
        Case("an adult's consent signed by somebody else", "$.members[1].consent.signedByMember", "consent-for-someone-else", form => Member(form, 1)["consent"]!["signedByMember"] = 1),
        Case("a consent signed by a child", "$.members[0].consent.signedByMember", "consent-for-someone-else", form => Member(form)["consent"]!["signedByMember"] = 3),
        Case("a child's consent signed by the child", "$.members[2].consent.signedByMember", "signer-needs-a-guardian", form => Member(form, 2)["consent"]!["signedByMember"] = 3),
        Case("a consent signed by nobody there", "$.members[0].consent.signedByMember", "no-such-member", form => Member(form)["consent"]!["signedByMember"] = 9),
        Case("a member counted twice", "$.members[1].identityNumber", "counted-twice", form => Member(form, 1)["identityNumber"] = (string)Member(form)["identityNumber"]!),
        Case("two applicants", "$.members", "one-applicant", form => Member(form, 1)["relationship"] = "Self"),
        Case("an adult without a number", "$.members[0].identityNumber", "missing", form => { Member(form).Remove("identityNumber"); Member(form)["bornOn"] = "1970-01-01"; }),
        Case("a birth date given twice", "$.members[0].bornOn", "given-twice", form => Member(form)["bornOn"] = "1970-01-01"),
        Case("a birth date at the end of time", "$.members[0].bornOn", "in-the-future", form => { Member(form).Remove("identityNumber"); Member(form)["bornOn"] = "9999-12-31"; }),
        Case("a blank name", "$.members[0].name", "blank", form => Member(form)["name"] = "  "),
        Case("a name too long", "$.members[0].name", "too-long", form => Member(form)["name"] = new string('长', 101)),
        Case("an unknown member", "$.members[0].nickname", "unknown-member", form => Member(form)["nickname"] = "x"),
        Case("a missing field", "$.contactPhone", "missing", form => form.Remove("contactPhone")),
        Case("a null", "$.contactPhone", "null", form => form["contactPhone"] = null),
        Case("a wrong type", "$.members[0].incomes", "wrong-type", form => Member(form)["incomes"] = "none"),
        Case("a fraction of a fen", "$.members[0].incomes[0].monthlyFen", "wrong-type", form => Member(form)["incomes"] = new JsonArray(new JsonObject { ["kind"] = "Wages", ["monthlyFen"] = 0.5 })),
        Case("an amount as text", "$.members[0].incomes[0].monthlyFen", "wrong-type", form => Member(form)["incomes"] = new JsonArray(new JsonObject { ["kind"] = "Wages", ["monthlyFen"] = "100" })),
        Case("an unknown programme", "$.programmes[0]", "wrong-type", form => form["programmes"] = new JsonArray("Lottery")),
        Case("two words for one kind", "$.members[0].incomes[0].kind", "wrong-type", form => Member(form)["incomes"] = new JsonArray(new JsonObject { ["kind"] = "BusinessNet, PropertyNet", ["monthlyFen"] = 1 })),
        Case("a control character", "$.members[0].name", "control-character", form => Member(form)["name"] = "a\u0000b"),
        Case("a programme by number", "$.programmes[0]", "wrong-type", form => form["programmes"] = new JsonArray(0)),
        Case("a date that does not exist", "$.integrityPledge.signedOn", "wrong-type", form => form["integrityPledge"]!["signedOn"] = "2026-02-30"),
        Case("an absence that begins tomorrow", "$.members[1].absence.sinceOn", "in-the-future", form => Member(form, 1)["absence"] = new JsonObject { ["kind"] = "LivesElsewhere", ["sinceOn"] = "2099-01-01" }),
        Case("a grade of disability that there is not", "$.members[1].disability.grade", "out-of-range", form => Member(form, 1)["disability"] = new JsonObject { ["kind"] = "Mental", ["grade"] = 5 }),
        Case("an emergency nobody says the place of", "$.emergencyPlace", "missing", form => form["programmes"] = new JsonArray("TemporaryAssistance")),
        Case("an emergency here that names no street", "$.emergencyPlace", "division-too-coarse", form => { form["programmes"] = new JsonArray("TemporaryAssistance"); form["emergencyPlace"] = "140213"; }),
        Case("an emergency at an unknown place", "$.emergencyPlace", "unknown-division", form => form["emergencyPlace"] = "140213999"),
        Case("a single-person filing without its ground", "$.filing.ground", "missing", form => form["filing"] = new JsonObject { ["kind"] = "SinglePerson" }),
        Case("a ground without a single-person filing", "$.filing.ground", "not-for-this-kind", form => form["filing"] = new JsonObject { ["kind"] = "Household", ["ground"] = "MajorIllness" }),
        Case("no members", "$.members", "members", form => form["members"] = new JsonArray()),
    ];

    [TestCaseSource(nameof(Bent))]
    public async Task Is_named_by_its_path_with_400(string path, string code, Action<JsonObject> bend)
    {
        var household = AHousehold.OfThree();
        bend(household.Form);

        var answer = await AnyWindow.PostAsync("/v1/applications", household.ToString());

        Refused(answer, 400, "invalid-request");
        Assert.That(
            Items(answer, "errors").Select(fault => ((string)fault!["path"]!, (string)fault["code"]!)),
            Does.Contain((path, code)),
            answer.Text);
    }

    [Test]
    public async Task Everything_wrong_is_named_at_once()
    {
        var household = AHousehold.OfThree();
        household.Form.Remove("contactPhone");
        household.Form["extra"] = 1;
        household.Form["programmes"] = new JsonArray("Lottery");
        household.Form["habitualResidence"]!["divisionCode"] = "999999";
        household.Member(0)["identityNumber"] = "140213201002290019";
        household.Member(1)["incomes"] = new JsonArray(new JsonObject { ["kind"] = "Wages", ["monthlyFen"] = -5 });
        household.Member(2)["name"] = 5;

        var answer = await AnyWindow.PostAsync("/v1/applications", household.ToString());

        Assert.That(Items(answer, "errors").Select(fault => (string)fault!["path"]!), Is.SupersetOf(new[]
        {
            "$.contactPhone", "$.extra", "$.programmes[0]", "$.habitualResidence.divisionCode",
            "$.members[0].identityNumber", "$.members[1].incomes[0].monthlyFen", "$.members[2].name",
        }));
    }

    [TestCase("{\"programme\": ")]
    [TestCase("{\"programme\": \"SubsistenceAllowance\", \"programme\": \"SubsistenceAllowance\"}")]
    [TestCase("")]
    [TestCase("{\"programme\": \"\\ud800\"}")]
    [TestCase("{\"\\ud800\": 1}")]
    public async Task Malformed_JSON_is_one_fault_with_its_place(string body)
    {
        var answer = await AnyWindow.PostAsync("/v1/applications", body);

        Refused(answer, 400, "invalid-request");
        Assert.That((string)Items(answer, "errors").Single()!["code"]!, Is.EqualTo("malformed-json"));
    }

    [Test]
    public async Task A_body_over_one_mebibyte_is_too_large()
    {
        var household = AHousehold.OfOne();
        household.Form["contactPhone"] = new string('1', 1_048_576);

        Refused(await AnyWindow.PostAsync("/v1/applications", household.ToString()), 413, "payload-too-large");
    }

    [Test]
    public async Task The_texts_are_Chinese_unless_English_is_preferred()
    {
        var chinese = await AnyWindow.PostAsync("/v1/applications", "{}");
        var english = await AnyWindow.PostAsync("/v1/applications", "{}", language: "en-GB, zh;q=0.5");

        Assert.Multiple(() =>
        {
            Assert.That((string)chinese["title"]!, Is.EqualTo("请求有误"));
            Assert.That((string)english["title"]!, Is.EqualTo("The request is not valid"));
        });
    }

    [Test]
    public async Task No_error_text_repeats_what_was_sent_of_a_person()
    {
        var household = AHousehold.OfOne();
        household.Member(0)["identityNumber"] = "140213197001010010";
        household.Form["members"]![0]!["name"] = new string('密', 200);

        var answer = await AnyWindow.PostAsync("/v1/applications", household.ToString());

        Assert.That(answer.Text, Does.Not.Contain("140213197001010010").And.Not.Contain("密密"));
    }

    private static JsonObject Member(JsonObject form, int index = 0) => (JsonObject)form["members"]![index]!;

    private static TestCaseData Case(string name, string path, string code, Action<JsonObject> bend) =>
        new TestCaseData(path, code, bend).SetArgDisplayNames(name);
}
