namespace Assistance.Api.Tests.Http;

public sealed class LogTests(Engine engine) : ApiTests(engine)
{
    [Test]
    public async Task Nothing_of_a_person_reaches_the_log_at_any_level()
    {
        var household = AHousehold.OfTwo().Declaring(0, "Wages", 31_415_92);
        household.Form["contactPhone"] = "0352-27182818";
        household.Form["habitualResidence"]!["address"] = "样例保密街314号";
        var path = await SubmittedAsync(household);
        await SettledAsync(path);
        await SealedAsync(path);
        await Clerk.GetAsync(path);
        await Clerk.GetAsync($"{path}/disclosure/page");
        await AnyWindow.PostAsync("/v1/applications", household.ToString());
        household.Member(0)["identityNumber"] = "140213197001010010";
        await AnyWindow.PostAsync("/v1/applications", household.ToString());

        var log = string.Join('\n', Service.Log.Lines);

        Assert.Multiple(() =>
        {
            Assert.That(Service.Log.Lines, Is.Not.Empty);
            Assert.That(log, Does.Not.Contain(household.IdentityNumber(1)).And.Not.Contain("140213197001010010"));
            Assert.That(log, Does.Not.Contain((string)household.Member(0)["name"]!).And.Not.Contain((string)household.Member(1)["name"]!));
            Assert.That(log, Does.Not.Contain("0352-27182818").And.Not.Contain("样例保密街314号").And.Not.Contain("3141592"));
        });
    }
}
