using Voltgate.Server.Storage;

namespace Voltgate.Server.Api;

/// <summary>A resource of an import, ready to be committed.</summary>
internal sealed record ImportedRow(string Id, List<Statement> Unit)
{
    public string? Endpoint { get; init; }

    /// <summary>A station's new password: the report shows it, and nothing else ever does.</summary>
    public string? Password { get; init; }
}
