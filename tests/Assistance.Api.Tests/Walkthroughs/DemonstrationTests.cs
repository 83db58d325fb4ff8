using Assistance.Sandbox;

namespace Assistance.Api.Tests.Walkthroughs;

/// <summary>The demonstration households, played against the same service as every other test.</summary>
public sealed class DemonstrationTests(Engine engine) : ApiTests(engine)
{
    private readonly string documents = Path.Combine(Path.GetTempPath(), $"assistance-documents-{Guid.NewGuid():N}");

    private static IEnumerable<TestCaseData> Demonstrated =>
        Demonstrations.All.Select(demonstration => new TestCaseData(demonstration).SetArgDisplayNames(demonstration.Name));

    [OneTimeTearDown]
    public void DeleteDocuments()
    {
        if (Directory.Exists(documents))
        {
            Directory.Delete(documents, recursive: true);
        }
    }

    [TestCaseSource(nameof(Demonstrated))]
    public async Task Every_household_shows_what_it_is_there_for(Demonstration demonstration)
    {
        using var play = new Demonstrations(Http.BaseAddress!, World, TestService.SeedsPath, documents, demonstration);

        await play.PlayAsync();

        Assert.That(play.Checks, Is.GreaterThan(2));
    }
}

/// <summary>The table of demonstrations and the files are one.</summary>
public sealed class DemonstrationTableTests
{
    [Test]
    public void Every_file_is_played_and_every_play_has_its_file() => Assert.That(
        Demonstrations.All.Select(demonstration => demonstration.Name),
        Is.EquivalentTo(Directory.EnumerateFiles(Path.Combine(Repository.Root, "seeds", "households"), "*.json").Select(Path.GetFileNameWithoutExtension)));
}
