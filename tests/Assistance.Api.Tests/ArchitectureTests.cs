using System.Xml.Linq;

namespace Assistance.Api.Tests;

public sealed class ArchitectureTests
{
    [Test]
    public void The_service_does_not_know_the_sandbox() =>
        Assert.That(
            typeof(AssistanceBuilder).Assembly.GetReferencedAssemblies().Select(assembly => assembly.Name),
            Has.None.StartsWith("Assistance.Sandbox").And.Some.EqualTo("Assistance.Domain"));

    [Test]
    public void The_domain_has_no_packages() =>
        Assert.That(XDocument.Load(Path.Combine(Repository.Root, "src/Assistance.Domain/Assistance.Domain.csproj")).Descendants("PackageReference"), Is.Empty);

    [Test]
    public void Nobody_reads_the_machines_clock_but_through_the_one_TimeProvider() =>
        Assert.That(
            Sources("src").Where(file => File.ReadLines(file).Any(line =>
                line.Contains("DateTime.Now") || line.Contains("DateTime.UtcNow") || line.Contains("DateTimeOffset.Now") || line.Contains("DateTimeOffset.UtcNow") || line.Contains("DateTime.Today"))),
            Is.Empty);

    [TestCase("src")]
    [TestCase("tests")]
    public void A_namespace_is_its_folder(string top) =>
        Assert.That(Sources(top).Where(file => File.ReadLines(file).FirstOrDefault(line => line.StartsWith("namespace ", StringComparison.Ordinal)) is { } line && line != $"namespace {NamespaceOf(file)};"), Is.Empty);

    [Test]
    public void The_repository_names_no_path_of_a_machine() =>
        Assert.That(Sources("src").Concat(Sources("tests")).Where(file => Path.GetFileName(file) != "ArchitectureTests.cs" && File.ReadAllText(file).Contains("\"/home/", StringComparison.Ordinal)), Is.Empty);

    private static string NamespaceOf(string file) =>
        Path.GetRelativePath(Repository.Root, Path.GetDirectoryName(file)!).Split(Path.DirectorySeparatorChar, 2)[1].Replace(Path.DirectorySeparatorChar, '.');

    private static IEnumerable<string> Sources(string top) =>
        Directory.EnumerateFiles(Path.Combine(Repository.Root, top), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Split(Path.DirectorySeparatorChar).Any(part => part is "obj" or "bin"));
}
