namespace Assistance.Sandbox;

/// <summary>Where the sandbox keeps its files: in <c>.sandbox</c> below the folder it is started in.</summary>
internal static class SandboxFolder
{
    /// <summary>An empty folder; what an earlier run left there is gone.</summary>
    public static string New(string name)
    {
        var folder = Path.GetFullPath(Path.Combine(".sandbox", name));
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }

        Directory.CreateDirectory(folder);
        return folder;
    }
}
