using System.Text.Json.Nodes;

namespace Assistance.Api.Tests.Intake;

/// <summary>延期: the whole takes longer on a ground of the law alone, once, and before it is over (57 art. 22; N22 part 4(1)).</summary>
public sealed class ExtendPeriodTests(Engine engine) : ApiTests(engine)
{
    [Test]
    public async Task A_hard_investigation_extends_the_whole_to_45_working_days_once()
    {
        // Registered where it lives, so that 30 working days run.
        var path = await AcceptedAsync(AHousehold.OfOne().RegisteredIn(AHousehold.Residence));
        var before = (string)Expect(200, await Clerk.GetAsync(path))["dueOn"]!;

        var extended = Expect(201, await ActAsync(Supervisor, path, "extension", Extension("HardInvestigation")));

        var dueOn = (string)extended["dueOn"]!;
        Assert.Multiple(async () =>
        {
            Assert.That(dueOn, Is.GreaterThan(before));
            Assert.That((string)extended["legalBasis"]!["code"]!, Is.EqualTo("N22-4-1"));
            Assert.That((string)Expect(200, await Clerk.GetAsync(path))["dueOn"]!, Is.EqualTo(dueOn));
            Assert.That(await SentencesAsync(path), Has.Some.StartsWith("因家庭经济状况调查难度较大，办理期限延长至受理之日起45个工作日"));
        });
        Refused(await ActAsync(Supervisor, path, "extension", Extension("AppliedElsewhere")), 409, "nothing-to-extend", "57-22");
    }

    [Test]
    public async Task What_runs_45_working_days_already_is_not_extended()
    {
        var path = await AcceptedAsync(AHousehold.OfOne());

        Refused(await ActAsync(Supervisor, path, "extension", Extension("HardInvestigation")), 409, "nothing-to-extend", "57-22");
    }

    [Test]
    public async Task What_is_over_is_not_extended()
    {
        var path = await AcceptedAsync(AHousehold.OfOne().RegisteredIn(AHousehold.Residence));
        World.Clock.Forward(TimeSpan.FromDays(90));

        Refused(await ActAsync(Supervisor, path, "extension", Extension("HardInvestigation")), 409, "period-over", "57-22");
    }

    [Test]
    public async Task An_objection_extends_by_itself_and_is_no_ground_to_be_given_by_hand()
    {
        var path = await AcceptedAsync(AHousehold.OfOne().RegisteredIn(AHousehold.Residence));

        Refused(await ActAsync(Supervisor, path, "extension", Extension("PostingObjection")), 400, "invalid-request");
    }

    private static JsonObject Extension(string ground) => new() { ["ground"] = ground, ["reasons"] = "一名成员在外省务工，收入需函证核实。" };
}
