// "Conv Lab.exe": opens the window without a console. What the program says of a failure on its standard error is shown
// in a message, and when the person logs off, the program is told to pause.
#define WIN32_LEAN_AND_MEAN
#include <string.h>
#include <wchar.h>
#include <windows.h>

#define LONGEST 32768
// The end of standard error that is kept, in bytes of UTF-8.
#define KEPT 8192
// Milliseconds that a run gets to store its checkpoint when the session ends.
#define LONGEST_PAUSE 20000

static const wchar_t *const notWhole[] = {
    L"This copy of Conv Lab is not whole. Unpack the archive or copy the whole folder again; your runs stay as they "
    L"are.",
    L"Эта копия Conv Lab неполна. Распакуйте архив или скопируйте папку целиком ещё раз; ваши запуски останутся на "
    L"месте."};
static const wchar_t *const blocked[] = {
    L"Windows does not let Conv Lab start (error %lu): a policy of this computer or a virus scanner blocks node.exe in "
    L"this folder. Ask whoever looks after the computer to allow it, or unpack Conv Lab where programs may be run.",
    L"Windows не даёт запустить Conv Lab (ошибка %lu): политика этого компьютера или антивирус блокирует node.exe в "
    L"этой папке. Попросите администратора разрешить его или распакуйте Conv Lab туда, откуда можно запускать "
    L"программы."};
static const wchar_t *const tooDeep[] = {
    L"The folder of this copy of Conv Lab has too long a path for Windows: node.exe has %lu characters in it, and 259 are "
    L"possible. Move the whole folder nearer to the root of the disk; your runs stay as they are.",
    L"У папки с этой копией Conv Lab слишком длинный для Windows путь: до node.exe в нём %lu символов, а можно не больше "
    L"259. Перенесите всю папку ближе к корню диска; ваши запуски останутся на месте."};
static const wchar_t *const ended[] = {
    L"Conv Lab ended unexpectedly (code %lu). Nothing that was stored is lost. “lab doctor” says what is missing or "
    L"altered.",
    L"Conv Lab неожиданно завершился (код %lu). Сохранённое не потеряно. Команда «lab doctor» скажет, чего не хватает и "
    L"что изменено."};
static const wchar_t *const pausing[] = {L"Conv Lab stores a checkpoint of the run.",
                                         L"Conv Lab сохраняет контрольную точку запуска."};

static int language;
static PROCESS_INFORMATION program;
static char said[KEPT + 1];
static size_t saidBytes;

static int tell(const wchar_t *sentence, unsigned long number) {
    static wchar_t text[KEPT + 1024];
    swprintf(text, sizeof text / sizeof *text, sentence, number);
    MessageBoxW(NULL, text, L"Conv Lab", MB_OK | MB_ICONERROR | MB_SETFOREGROUND);
    return 1;
}

// Whether a file is missing or has nothing in it, as after a copy that broke off.
static BOOL isEmpty(const wchar_t *file) {
    WIN32_FILE_ATTRIBUTE_DATA found;
    return !GetFileAttributesExW(file, GetFileExInfoStandard, &found) || (found.nFileSizeHigh | found.nFileSizeLow) == 0;
}

// Keeps the last bytes that the program writes to its standard error.
static DWORD WINAPI keepErrors(void *pipe) {
    char piece[1024];
    DWORD bytes;
    while (ReadFile(pipe, piece, sizeof piece, &bytes, NULL) && bytes > 0) {
        if (saidBytes + bytes > KEPT) {
            size_t gone = saidBytes + bytes - KEPT;
            memmove(said, said + gone, saidBytes - gone);
            saidBytes -= gone;
        }
        memcpy(said + saidBytes, piece, bytes);
        saidBytes += bytes;
    }
    return 0;
}

static void pauseProgram(void) {
    // An event of a console reaches the programs of that console alone.
    if (!AttachConsole(program.dwProcessId)) return;
    SetConsoleCtrlHandler(NULL, TRUE);
    GenerateConsoleCtrlEvent(CTRL_BREAK_EVENT, program.dwProcessId);
    FreeConsole();
}

static LRESULT CALLBACK hear(HWND window, UINT message, WPARAM first, LPARAM second) {
    if (message == WM_QUERYENDSESSION) {
        ShutdownBlockReasonCreate(window, pausing[language]);
        pauseProgram();
        return TRUE;
    }
    if (message == WM_ENDSESSION && first) WaitForSingleObject(program.hProcess, LONGEST_PAUSE);
    return DefWindowProcW(window, message, first, second);
}

// Windows tells the end of a session to programs that have a window; this one is never shown.
static void openHiddenWindow(HINSTANCE instance) {
    WNDCLASSW kind = {.lpfnWndProc = hear, .hInstance = instance, .lpszClassName = L"ConvLabLauncher"};
    RegisterClassW(&kind);
    CreateWindowExW(0, kind.lpszClassName, L"Conv Lab", 0, 0, 0, 0, 0, NULL, NULL, instance, NULL);
}

static void waitForEnd(void) {
    while (MsgWaitForMultipleObjects(1, &program.hProcess, FALSE, INFINITE, QS_ALLINPUT) != WAIT_OBJECT_0) {
        MSG message;
        while (PeekMessageW(&message, NULL, 0, 0, PM_REMOVE)) DispatchMessageW(&message);
    }
}

static int tellEnd(DWORD code) {
    static wchar_t text[KEPT + 1];
    int letters = MultiByteToWideChar(CP_UTF8, 0, said, (int)saidBytes, text, KEPT);
    while (letters > 0 && (text[letters - 1] == L'\n' || text[letters - 1] == L'\r')) letters--;
    text[letters] = 0;
    // So ends what Node writes when it cannot load a program: its stack helps nobody here.
    if (letters == 0 || wcsstr(text, L"\nNode.js v") != NULL) return tell(ended[language], code);
    MessageBoxW(NULL, text, L"Conv Lab", MB_OK | MB_ICONERROR | MB_SETFOREGROUND);
    return (int)code;
}

int WINAPI wWinMain(HINSTANCE instance, HINSTANCE before, PWSTR words, int how) {
    static wchar_t folder[LONGEST], node[LONGEST], description[LONGEST], script[LONGEST], line[2 * LONGEST];
    (void)before;
    (void)how;
    language = PRIMARYLANGID(GetUserDefaultUILanguage()) == LANG_RUSSIAN;
    GetModuleFileNameW(NULL, folder, LONGEST);
    wchar_t *end = wcsrchr(folder, L'\\');
    if (end != NULL) *end = 0;
    swprintf(node, LONGEST, L"%ls\\node\\node.exe", folder);
    swprintf(description, LONGEST, L"%ls\\app\\package.json", folder);
    swprintf(script, LONGEST, L"%ls\\app\\dist\\main\\portable.js", folder);
    // Whatever a manifest says, no program starts from a longer path.
    if (wcslen(node) >= MAX_PATH) return tell(tooDeep[language], (unsigned long)wcslen(node));
    if (isEmpty(node) || isEmpty(description) || isEmpty(script)) return tell(notWhole[language], 0);
    swprintf(line, 2 * LONGEST, L"\"%ls\" \"%ls\" window %ls", node, script, words);

    SECURITY_ATTRIBUTES inherited = {sizeof inherited, NULL, TRUE};
    HANDLE heard, spoken;
    if (!CreatePipe(&heard, &spoken, &inherited, 0)) return tell(ended[language], GetLastError());
    SetHandleInformation(heard, HANDLE_FLAG_INHERIT, 0);
    HANDLE nothing = CreateFileW(L"NUL", GENERIC_READ | GENERIC_WRITE, FILE_SHARE_READ | FILE_SHARE_WRITE, &inherited,
                                 OPEN_EXISTING, 0, NULL);
    STARTUPINFOW start = {.cb = sizeof start,
                          .dwFlags = STARTF_USESTDHANDLES,
                          .hStdInput = nothing,
                          .hStdOutput = nothing,
                          .hStdError = spoken};
    if (!CreateProcessW(node, line, NULL, NULL, TRUE, CREATE_NO_WINDOW | CREATE_NEW_PROCESS_GROUP, NULL, NULL, &start,
                        &program))
        return tell(blocked[language], GetLastError());
    CloseHandle(spoken);
    HANDLE listener = CreateThread(NULL, 0, keepErrors, heard, 0, NULL);
    openHiddenWindow(instance);
    waitForEnd();
    // What the program has written arrives at once; a browser that it left behind must not keep this open.
    WaitForSingleObject(listener, 1000);
    DWORD code = 1;
    GetExitCodeProcess(program.hProcess, &code);
    return code == 0 ? 0 : tellEnd(code);
}
