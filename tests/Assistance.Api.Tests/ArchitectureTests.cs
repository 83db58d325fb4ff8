using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Assistance.Api.Features.Lookups;
using Assistance.Api.Tests.Data;
using Assistance.Domain.Lookups;
using Microsoft.SqlServer.TransactSql.ScriptDom;

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

    // A look-up that no warrant allows cannot be written (Act art. 70(6)).
    [Test]
    public void A_look_up_is_written_in_one_place_alone_and_from_nothing_but_a_warrant() => Assert.Multiple(() =>
    {
        Assert.That(
            SqlStatements.All.Where(statement => SqlStatements.Nodes<InsertStatement>(SqlStatements.Parse(statement.Text)).Any(IsIntoLookup)).Select(statement => statement.Id),
            Is.EqualTo(new[] { "LookupRepository.AddSql" }));
        Assert.That(
            Sources("src").Where(file => InsertsALookup(File.ReadAllText(file))).Select(Path.GetFileName), Is.EqualTo(new[] { "LookupRepository.cs" }),
            "nor in a statement that is no constant");
        var body = File.ReadAllText(Path.Combine(Repository.Root, "src/Assistance.Api/Features/Lookups/LookupRepository.cs"));
        Assert.That(body.Split("(AddSql,").Length - 1, Is.EqualTo(1), "AddAsync alone runs it");
        Assert.That(
            typeof(LookupRepository).GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
                .Where(method => method.Name == nameof(LookupRepository.AddAsync))
                .Select(method => method.GetParameters()[1].ParameterType),
            Is.EqualTo(new[] { typeof(LookupWarrant) }));
    });

    [Test]
    public void A_warrant_is_had_from_its_rule_alone_and_cannot_be_bent() => Assert.Multiple(() =>
    {
        const BindingFlags Instance = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;
        Assert.That(typeof(LookupWarrant).IsSealed);
        Assert.That(typeof(LookupWarrant).GetConstructors(Instance).Where(constructor => !constructor.IsPrivate), Is.Empty);
        Assert.That(typeof(LookupWarrant).GetProperties(Instance).Where(property => property.CanWrite).Select(property => property.Name), Is.Empty, "not by with either");
        Assert.That(typeof(LookupWarrant).GetFields(Instance).Where(field => !field.IsInitOnly).Select(field => field.Name), Is.Empty);
    });

    private static bool IsIntoLookup(InsertStatement statement) =>
        statement.InsertSpecification.Target is NamedTableReference table
        && string.Equals(table.SchemaObject.BaseIdentifier.Value, "Lookup", StringComparison.OrdinalIgnoreCase);

    private static bool InsertsALookup(string text) => Regex.IsMatch(text, @"INSERT\s+INTO\s+\[?Lookup\]?\s*\(", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    private static string NamespaceOf(string file) =>
        Path.GetRelativePath(Repository.Root, Path.GetDirectoryName(file)!).Split(Path.DirectorySeparatorChar, 2)[1].Replace(Path.DirectorySeparatorChar, '.');

    private static IEnumerable<string> Sources(string top) =>
        Directory.EnumerateFiles(Path.Combine(Repository.Root, top), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Split(Path.DirectorySeparatorChar).Any(part => part is "obj" or "bin"));
}
