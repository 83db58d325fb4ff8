using System.Text.Json.Nodes;
using Assistance.Api.Security;
using Assistance.Sandbox;

namespace Assistance.Api.Tests.Drafts;

/// <summary>57 art. 10: what a household told once is not asked for again; a later form starts from the file.</summary>
public sealed class StartFromFileTests(Engine engine) : ApiTests(engine)
{
    [Test]
    public async Task A_later_form_starts_from_what_is_on_file_and_says_what_was_taken_over_from_when()
    {
        var household = AHousehold.OfThree().Declaring(0, "Wages", 40_000).Owning(0, "Deposit", 100_000);
        await SubmittedAsync(household);
        var filedOn = Today;
        World.Clock.Forward(TimeSpan.FromDays(40));

        var draft = Expect(201, await BeginAsync(As(Roles.Clerk, "140213057"), household.IdentityNumber(0)));

        var form = draft["form"];
        Assert.Multiple(() =>
        {
            Assert.That(Items(draft, "takenOver").Select(part => $"{part!["path"]} {part["asOf"]}"), Is.EqualTo(
                new[] { "registeredResidence", "habitualResidence", "contactPhone", "members" }.Select(path => $"$.{path} {filedOn}")));
            Assert.That((string)form["members"]![0]!["identityNumber"]!, Is.EqualTo(household.IdentityNumber(0)));
            Assert.That((string)form["members"]![2]!["relationship"]!, Is.EqualTo("Child"));
            Assert.That((long)form["members"]![0]!["incomes"]![0]!["monthlyFen"]!, Is.EqualTo(40_000));
            Assert.That((long)form["members"]![0]!["properties"]![0]!["valueFen"]!, Is.EqualTo(100_000));
            Assert.That((string)form["habitualResidence"]!["address"]!, Is.EqualTo("样例路2号"));
            Assert.That(form["integrityPledge"], Is.Null, "a pledge is made anew");
            Assert.That(form["members"]![0]!["consent"], Is.Null, "and so is a consent");
            Assert.That(form["members"]![1]!["identityNumber"], Is.Null, "another adult's number is theirs to give");
            Assert.That(form["members"]![2]!["identityNumber"], Is.Not.Null, "a minor's is the parent's");
            Assert.That(Items(draft, "faults").Select(fault => (string)fault!["path"]!), Is.EquivalentTo(new[] { "$.programmes", "$.integrityPledge" }));
        });
    }

    [Test]
    public async Task It_can_be_submitted_once_what_has_to_be_given_anew_is_there()
    {
        var household = AHousehold.OfTwo();
        await SubmittedAsync(household);
        var draft = Expect(201, await BeginAsync(Clerk, household.IdentityNumber(0)));
        var form = (JsonObject)draft["form"].DeepClone();
        form["programmes"] = new JsonArray("MedicalAssistance");
        form["integrityPledge"] = new JsonObject { ["signedOn"] = Today };
        form["members"]![1]!["identityNumber"] = household.IdentityNumber(1);
        form["draftId"] = (string)draft["draftId"]!;

        Expect(201, await Clerk.PostAsync("/v1/applications", form.ToJsonString()));

        Assert.That((await Clerk.GetAsync($"/v1/application-drafts/{draft["draftId"]}")).Status, Is.EqualTo(404));
    }

    [Test]
    public async Task The_spouse_who_applies_now_states_the_relationships_anew()
    {
        var household = AHousehold.OfTwo();
        await SubmittedAsync(household);

        var members = Expect(201, await BeginAsync(Clerk, household.IdentityNumber(1)))["form"]["members"]!.AsArray();

        Assert.That(members.Select(member => (string?)member!["relationship"]), Is.EqualTo(new[] { null, "Self" }));
    }

    [Test]
    public async Task An_obligor_does_not_open_the_familys_file()
    {
        var household = AHousehold.OfOne();
        var obligor = AHousehold.OfOne();
        household.Form["obligors"] = new JsonArray(new JsonObject
        {
            ["name"] = (string)obligor.Member(0)["name"]!,
            ["identityNumber"] = obligor.IdentityNumber(0),
            ["relationship"] = "Child",
        });
        await SubmittedAsync(household);

        var draft = Expect(201, await BeginAsync(Clerk, obligor.IdentityNumber(0)));

        Assert.That(draft["form"].ToJsonString(), Is.EqualTo("{}"));
        Assert.That(Items(draft, "takenOver"), Is.Empty);
    }

    [Test]
    public async Task A_child_does_not_open_the_familys_file()
    {
        var household = AHousehold.OfThree();
        await SubmittedAsync(household);

        Assert.That(Expect(201, await BeginAsync(Clerk, household.IdentityNumber(2)))["form"].ToJsonString(), Is.EqualTo("{}"));
    }

    [Test]
    public async Task Somebody_who_is_not_on_file_starts_with_an_empty_form() =>
        Assert.That(Expect(201, await BeginAsync(Clerk, AHousehold.OfOne().IdentityNumber(0)))["form"].ToJsonString(), Is.EqualTo("{}"));

    [Test]
    public async Task The_file_is_opened_only_while_the_person_is_there_and_not_beside_a_form()
    {
        var number = AHousehold.OfOne().IdentityNumber(0);

        Refused(await Clerk.PostAsync("/v1/application-drafts", StartFrom(number, isPersonPresent: false).ToJsonString()), 400, "invalid-request");
        var both = StartFrom(number);
        both["form"] = new JsonObject();
        Refused(await Clerk.PostAsync("/v1/application-drafts", both.ToJsonString()), 400, "invalid-request");
    }

    private static JsonObject StartFrom(string number, bool isPersonPresent = true) =>
        new() { ["startFrom"] = new JsonObject { ["identityNumber"] = number, ["isPersonPresent"] = isPersonPresent } };

    private static Task<ApiAnswer> BeginAsync(OfficerClient clerk, string number) =>
        clerk.PostAsync("/v1/application-drafts", StartFrom(number).ToJsonString());
}
