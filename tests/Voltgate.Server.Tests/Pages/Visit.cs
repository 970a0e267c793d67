using System.Net;
using System.Net.Sockets;
using Microsoft.Playwright;
using Voltgate.Server.Tests.Stations;
using Voltgate.Server.Tests.Transcripts;

namespace Voltgate.Server.Tests.Pages;

/// <summary>An operator at the dashboard, in a real browser, with one station that is connected.</summary>
internal sealed class Visit : IAsyncDisposable
{
    private readonly TestServer server;
    private readonly OperatorClient person;

    private Visit(TestServer server, Box box, OperatorClient person, Browser browser, IPage page) =>
        (this.server, Box, this.person, Browser, Page) = (server, box, person, browser, page);

    public Box Box { get; }

    public Browser Browser { get; }

    public IPage Page { get; }

    public ScriptedStation Station { get; private set; } = null!;

    public ApiClient Api => Box.Api;

    /// <param name="atRoot">The operator is one of the root organisation; the station stays a tenant's.</param>
    public static async Task<Visit> Begin(
        string role = "Admin", string provider = On.Sqlite, string security = "none",
        Func<ServerOptions, ServerOptions>? configure = null, bool atRoot = false)
    {
        var started = await TestServer.Start(provider, o => (configure?.Invoke(o) ?? o) with
        {
            Webhooks = o.Webhooks with { AllowedPrivateNetworks = ["127.0.0.0/8"] },
        });
        var box = await Box.Make(started, "YARD-1", security);
        using var root = started.Client();
        var admin = await OperatorClient.Join(started, atRoot ? root : box.Api, role);
        var browser = await Browser.Start();
        await browser.Carry(admin, started.Url);
        var visit = new Visit(started, box, admin, browser, await browser.Open());
        await visit.Connect();
        return visit;
    }

    /// <summary>For links to the server and for its restart: its port is known beforehand, and stays.</summary>
    public static ServerOptions KnownPort(ServerOptions options)
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return options with
        {
            Server = options.Server with { Port = ((IPEndPoint)probe.LocalEndpoint).Port },
        };
    }

    public static LocatorWaitForOptions Gone => new() { State = WaitForSelectorState.Hidden };

    public async Task Connect()
    {
        Station = await ScriptedStation.Connect(server.Url, Box.Endpoint, Box.Password);
        await Station.Boot("Test", "One");
        await Station.Report(1, "Available", DateTimeOffset.UtcNow);
    }

    public ApiClient Client(string key) => server.Client(key);

    /// <summary>The same operator at another browser.</summary>
    public async Task<OperatorClient> SignInElsewhere()
    {
        var other = new OperatorClient(server.Url) { Email = person.Email, Id = person.Id };
        (await other.Login()).MustBe(200);
        return other;
    }

    public string Email => person.Email;

    public Task SignOut() => Page.Context.ClearCookiesAsync();

    public async Task<string> Organization() =>
        (string)(await Api.Get("/me")).MustBe(200).Result["organization"]!["_id"]!;

    /// <summary>Another station connects to the same server.</summary>
    public Task<ScriptedStation> Knock(string endpoint, string? password = null) =>
        ScriptedStation.Connect(server.Url, endpoint, password);

    public async Task Goto(string path) => await Page.GotoAsync(new Uri(server.Url, path).AbsoluteUri);

    /// <summary>Turns to another page, or tab, as a link does, without loading the dashboard anew.</summary>
    public async Task Turn(string path)
    {
        await Page.EvaluateAsync(
            """
            path => {
              if (new URL(path, location).pathname !== location.pathname)
                document.querySelector("main h1")?.setAttribute("data-before", "");
              history.pushState({}, "", path);
              dispatchEvent(new PopStateEvent("popstate"));
            }
            """,
            path);
        if (path.Split("tab=") is [_, var tab])
            await Page.Locator($"[role=tab][aria-selected=true][id$='-{tab}']").WaitForAsync();
    }

    /// <summary>Waits until the page has its head, and nothing of it is on its way.</summary>
    public async Task Loaded()
    {
        await Page.Locator("main h1:not([data-before])").First.WaitForAsync();
        await Page.WaitForFunctionAsync(
            "() => ![...document.querySelectorAll('.mantine-Skeleton-root')].some(s => s.offsetParent)");
    }

    /// <summary>Stops the server and starts it again on its data.</summary>
    public async Task Restart()
    {
        await Station.Cut();
        await server.Restart();
    }

    /// <summary>Waits until the page has a heading that says so.</summary>
    public Task Heading(string text) => Page
        .GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = text, Exact = true }).First.WaitForAsync();

    public Task Sees(string text) =>
        Page.GetByText(text, new PageGetByTextOptions { Exact = true }).First.WaitForAsync();

    public ILocator Button(string name) =>
        Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = name, Exact = true });

    public Task Press(string name) => Button(name).First.ClickAsync();

    public ILocator Link(string name) =>
        Page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = name, Exact = true });

    /// <summary>A field that takes text, by its label.</summary>
    public ILocator Field(string name) =>
        Page.GetByRole(AriaRole.Textbox, new PageGetByRoleOptions { Name = name, Exact = true }).Or(
            Page.GetByRole(AriaRole.Searchbox, new PageGetByRoleOptions { Name = name, Exact = true }));

    public Task Fill(string name, string text) => Field(name).FillAsync(text);

    /// <summary>The input of a switch lies under what is drawn of it.</summary>
    public Task Switch(string name, bool isOn) => Page
        .GetByRole(AriaRole.Switch, new PageGetByRoleOptions { Name = name, Exact = true })
        .SetCheckedAsync(isOn, new LocatorSetCheckedOptions { Force = true });

    public ILocator Dialog => Page.GetByRole(AriaRole.Dialog);

    /// <summary>Answers the window that is open; it closes once the API has taken it.</summary>
    public async Task Submit(string name)
    {
        await InDialog(name).ClickAsync();
        await Assertions.Expect(Dialog).ToHaveCountAsync(
            0, new LocatorAssertionsToHaveCountOptions { Timeout = 15_000 });
    }

    public ILocator InDialog(string button) =>
        Dialog.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = button, Exact = true }).Last;

    /// <summary>What the browser keeps as a file when that is clicked.</summary>
    public async Task<string> Download(ILocator what)
    {
        var file = await Page.RunAndWaitForDownloadAsync(() => what.ClickAsync());
        await using var content = await file.CreateReadStreamAsync();
        using var reader = new StreamReader(content);
        return await reader.ReadToEndAsync();
    }

    /// <summary>Nothing broke; a refusal that is part of the test may stand in the browser's log.</summary>
    public void MustBeCalm(params int[] refusals) => Assert.DoesNotContain(
        Browser.Complaints,
        c => !refusals.Any(status => c.Contains($"a status of {status} ", StringComparison.Ordinal)));

    /// <summary>Opens a choice and takes one of what it offers.</summary>
    public async Task Choose(string label, string option)
    {
        await Page.GetByRole(AriaRole.Combobox, new PageGetByRoleOptions { Name = label }).Or(
            Page.GetByRole(AriaRole.Textbox, new PageGetByRoleOptions { Name = label })).Last.ClickAsync();
        await Page.GetByRole(AriaRole.Option, new PageGetByRoleOptions { Name = option }).First.ClickAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Browser.DisposeAsync();
        await Station.DisposeAsync();
        person.Dispose();
        Box.Dispose();
        await server.DisposeAsync();
    }
}
