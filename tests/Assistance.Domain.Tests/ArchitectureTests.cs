using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Xml.Linq;
using Assistance.Domain.Shared;
using NUnit.Framework;

namespace Assistance.Domain.Tests;

/// <summary>The domain is pure: values in, values out, no packages, no clock, no input or output, nothing that waits.</summary>
public sealed class ArchitectureTests
{
    private static readonly Assembly Domain = typeof(RuleViolation).Assembly;

    private static readonly string[] ForbiddenTypes =
    [
        "System.TimeProvider", "System.Environment", "System.Random", "System.Console", "System.Diagnostics.Stopwatch",
        "System.Security.Cryptography.RandomNumberGenerator",
    ];

    private static readonly string[] ForbiddenNamespaces =
    [
        "System.Threading", "System.IO", "System.Net", "System.Data", "Microsoft",
    ];

    private static readonly string[] ForbiddenMembers =
    [
        "DateTime.get_Now", "DateTime.get_UtcNow", "DateTime.get_Today", "DateTimeOffset.get_Now", "DateTimeOffset.get_UtcNow",
        "Guid.NewGuid", "Guid.CreateVersion7", "TimeZoneInfo.get_Local", "CultureInfo.get_CurrentCulture",
    ];

    [Test]
    public void The_domain_references_nothing_but_the_framework() =>
        Assert.That(
            Domain.GetReferencedAssemblies().Select(assembly => assembly.Name),
            Is.Not.Empty.And.All.Matches<string>(name => name!.StartsWith("System.", StringComparison.Ordinal)));

    [Test]
    public void The_project_of_the_domain_asks_for_no_package_and_no_project()
    {
        var project = XDocument.Load(Path.Combine(Seeds.Root, "src", "Assistance.Domain", "Assistance.Domain.csproj"));

        Assert.That(
            project.Descendants().Select(element => element.Name.LocalName),
            Has.None.EqualTo("PackageReference").And.None.EqualTo("ProjectReference").And.None.EqualTo("FrameworkReference").And.None.EqualTo("Reference"));
    }

    [Test]
    public void Nothing_in_the_domain_uses_a_clock_waits_or_reaches_outside()
    {
        using var stream = File.OpenRead(Domain.Location);
        using var file = new PEReader(stream);
        var metadata = file.GetMetadataReader();

        var types = metadata.TypeReferences.Select(metadata.GetTypeReference)
            .Select(type => (Namespace: metadata.GetString(type.Namespace), Name: metadata.GetString(type.Name))).ToList();
        var members = metadata.MemberReferences.Select(metadata.GetMemberReference)
            .Where(member => member.Parent.Kind == HandleKind.TypeReference)
            .Select(member => $"{metadata.GetString(metadata.GetTypeReference((TypeReferenceHandle)member.Parent).Name)}.{metadata.GetString(member.Name)}");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(types, Is.Not.Empty);
            Assert.That(types.Select(type => $"{type.Namespace}.{type.Name}").Intersect(ForbiddenTypes), Is.Empty);
            Assert.That(
                types.Where(type => ForbiddenNamespaces.Any(forbidden =>
                    type.Namespace == forbidden || type.Namespace.StartsWith($"{forbidden}.", StringComparison.Ordinal))),
                Is.Empty);
            Assert.That(members.Intersect(ForbiddenMembers), Is.Empty);
        }
    }

    [Test]
    public void Nothing_in_the_domain_is_floating_point()
    {
        const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        var used = Domain.GetTypes().SelectMany(type => type.GetMethods(All).SelectMany(method =>
            method.GetParameters().Select(parameter => parameter.ParameterType).Append(method.ReturnType)));

        Assert.That(used, Has.None.EqualTo(typeof(double)).And.None.EqualTo(typeof(float)));
    }

    [Test]
    public void Whatever_holds_an_instance_of_the_domain_cannot_change_it()
    {
        var settable = Domain.GetExportedTypes().SelectMany(type => type.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
            .Where(property => property.SetMethod is { IsPublic: true } setter
                && !setter.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(System.Runtime.CompilerServices.IsExternalInit)));

        Assert.That(settable, Is.Empty);
    }
}
