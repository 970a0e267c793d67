using Voltgate.Server.Api;

namespace Voltgate.Server.Hosting;

/// <summary>The first start: an organisation, its API key and an operator. A later start finds them.</summary>
internal sealed class Bootstrap(FirstKey key, FirstOperator login, ServerOptions options)
{
    public async Task Run(CancellationToken cancel)
    {
        await key.Run(cancel);
        await login.Run(cancel);
    }

    /// <summary>The key that the settings give, or that this start made; null: an earlier start made it.</summary>
    public string? KnownKey => options.Bootstrap.ApiKey is { Length: > 0 } given ? given : key.Made?.KeyText;

    /// <summary>The secrets that this start made, to be shown once; null: it made none.</summary>
    public string? Notice()
    {
        var lines = new List<string>();
        if (key.Made is { KeyText: { } text })
            lines.AddRange(["organisation  " + options.Bootstrap.Organization, "API key       " + text]);
        if (login.Made is { } made)
            lines.AddRange(["operator      " + made.Email, "password      " + made.Password]);
        return lines.Count == 0
            ? null
            : "First start. Keep these, they are not shown again:\n  " + string.Join("\n  ", lines);
    }
}
