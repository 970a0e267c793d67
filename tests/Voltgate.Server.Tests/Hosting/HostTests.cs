using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Voltgate.Server.Hosting;

namespace Voltgate.Server.Tests.Hosting;

public sealed class HostTests : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("voltgate-").FullName;
    private readonly SocketsHttpHandler handler = new();
    private WebApplication app = null!;

    private Uri Address => new(app.Urls.Single());

    public async ValueTask InitializeAsync()
    {
        app = VoltgateHost.Build(Options(), TimeProvider.System, logs => logs.ClearProviders());
        await app.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        handler.Dispose();
        await app.StopAsync(); // disposing alone does not wait for the parts, and they use the folder
        await app.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task It_is_alive_and_ready_once_it_listens()
    {
        Assert.Equal((HttpStatusCode.OK, "ok"), await Ask("/livez"));
        Assert.Equal((HttpStatusCode.OK, "ok"), await Ask("/readyz"));
    }

    [Fact]
    public async Task A_draining_server_is_alive_not_ready_and_turns_newcomers_away()
    {
        app.Services.GetRequiredService<Readiness>().StartDraining();

        Assert.Equal((HttpStatusCode.OK, "ok"), await Ask("/livez"));
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "unavailable"), await Ask("/readyz"));
        using var client = new HttpClient(handler, disposeHandler: false);
        using var refused = await client.GetAsync(new Uri(Address, "/v1.1/sessions"));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        Assert.NotNull(refused.Headers.RetryAfter);
        Assert.Contains("\"request_id\":", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Too_little_space_makes_it_unready_with_the_reason()
    {
        await using var small = VoltgateHost.Build(
            Options() with
            {
                Storage = new StorageSection
                {
                    ConnectionString = Path.Combine(folder, "b.db"),
                    MinFreeMegabytes = int.MaxValue
                },
            },
            TimeProvider.System,
            logs => logs.ClearProviders());
        await small.StartAsync();

        Assert.StartsWith(
            "disk: ", await small.Services.GetRequiredService<Readiness>().Obstacle(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_store_that_takes_no_writes_makes_it_unready_with_the_reason()
    {
        await app.Services.GetRequiredService<Storage.Committer>().Drain();

        Assert.Equal("store: The store is shut down.", await app.Services.GetRequiredService<Readiness>().Obstacle());
    }

    [Theory]
    [InlineData("GET /v1.1/", 8 * 1024, "", 0, 414)]
    [InlineData("GET /v1.1/", 10, "X-Long: ", 33 * 1024, 431)]
    [InlineData("GET /", 33 * 1024, "", 0, 414)]
    [InlineData("GET /", 10, "X-Long: ", 30 * 1024, 200)]
    public async Task Long_request_lines_and_headers_are_refused(
        string line, int path, string header, int value, int status)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(Address.Host, Address.Port);
        var request = new StringBuilder(line).Append('a', path).Append(" HTTP/1.1\r\nHost: x\r\nConnection: close\r\n");
        if (value > 0) request.Append(header).Append('a', value).Append("\r\n");
        await socket.GetStream().WriteAsync(Encoding.ASCII.GetBytes(request.Append("\r\n").ToString()));

        using var reader = new StreamReader(socket.GetStream());
        var answer = await reader.ReadToEndAsync();

        Assert.StartsWith($"HTTP/1.1 {status} ", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("Server:", answer, StringComparison.OrdinalIgnoreCase);
    }

    private ServerOptions Options() => new()
    {
        Server = new ServerSection { Port = 0, DrainSeconds = 0 },
        Storage = new StorageSection { ConnectionString = Path.Combine(folder, "a.db"), MinFreeMegabytes = 0 },
        Bootstrap = new BootstrapSection { OperatorEmail = "" },
    };

    private async Task<(HttpStatusCode Code, string? Status)> Ask(string path)
    {
        using var client = new HttpClient(handler, disposeHandler: false);
        using var response = await client.GetAsync(new Uri(Address, path));
        using var body = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        return (response.StatusCode, body.RootElement.GetProperty("status").GetString());
    }
}
